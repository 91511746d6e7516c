import Evaluation
import Planning

/// Notes each write as if it had been done, so that the whole plan is known before the first.
struct RehearsingHand: WriteHand {
  private(set) var writes: [PlannedWrite] = []

  mutating func carryOut(_ writes: [PlannedWrite]) async -> [Outcome] {
    writes.map { write in
      self.writes.append(write)
      return Outcome(.done, connection: write.simulatedEffect(newID: -Int64(self.writes.count)))
    }
  }
}
