import Evaluation
import Planning

/// Collects the writes of a pipeline as if each succeeded, so the whole plan is known before sending.
struct RehearsingHand: WriteHand {
  private(set) var writes: [PlannedWrite] = []

  mutating func carryOut(_ writes: [PlannedWrite]) async -> [Outcome] {
    writes.map { write in
      self.writes.append(write)
      return Outcome(.done, connection: write.simulatedEffect(newID: -Int64(self.writes.count)))
    }
  }
}
