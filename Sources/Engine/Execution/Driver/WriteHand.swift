import ConnectionsClient
import Language

/// Carries out planned writes, or pretends to.
protocol WriteHand {
  /// `true` iff the workspace is another one behind its writes.
  var isReal: Bool { get }
  /// Returns what became of each write, in their order.
  mutating func carryOut(_ writes: [PlannedWrite]) async -> [Outcome]
}

extension WriteHand {
  var isReal: Bool { false }
}

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

/// Prints each call, and remembers what it would leave, so that later steps see it.
struct PrintingHand: WriteHand {
  let printer: CallPrinter
  let context: RunContext
  var pretended: PretendedState

  mutating func carryOut(_ writes: [PlannedWrite]) async -> [Outcome] {
    writes.map { write in
      show(write)
      return Outcome(.done, connection: pretended.apply(write))
    }
  }

  private func show(_ write: PlannedWrite) {
    let target = write.connection.map { (id: $0.id, name: Optional($0.name)) }
    context.output.data(
      printer.text(
        CallPrinter.Entry(
          request: write.call.namingMade.request, effect: write.effect, span: write.span,
          target: target),
        context.sources))
  }
}

extension WriteCall {
  /// The call as it is shown: a parent that is yet to be made is `{new1}`, as in an address.
  fileprivate var namingMade: WriteCall {
    switch self {
    case .create(let fields): .create(fields.map(\.namingMade))
    case .update(let id, let fields): .update(id: id, fields.map(\.namingMade))
    case .disconnect, .delete: self
    }
  }
}

/// The workspace as simulated writes would leave it.
struct PretendedState: Sendable {
  /// What changed of each connection; the rest is as the server lists it.
  private var changed: [Int64: JSON.Object] = [:]
  private var deleted: Set<Int64> = []
  private var created: [Connection] = []

  var isEmpty: Bool { changed.isEmpty && deleted.isEmpty && created.isEmpty }

  /// Takes a write in, and returns the connection that it would leave.
  mutating func apply(_ write: PlannedWrite) -> Connection? {
    let connection = write.simulatedEffect(newID: -Int64(created.count + 1))
    guard let connection else { return nil }
    switch write.call {
    case .create: created.append(connection)
    case .delete(let id): deleted.insert(id)
    case .update(let id, _), .disconnect(let id, _): change(id, write.changes)
    }
    return connection
  }

  private mutating func change(_ id: Int64, _ changes: JSON.Object) {
    if let place = created.firstIndex(where: { $0.id == id }) {
      created[place] = created[place].merging(changes)
    } else {
      var all = changed[id] ?? JSON.Object()
      for member in changes.members { all.set(member.name, member.value) }
      changed[id] = all
    }
  }

  /// Returns a list's answer as it would be behind the writes.
  func applied(to connections: [Connection]) -> [Connection] {
    let present = connections.map { connection in
      changed[connection.id].map { connection.merging($0) } ?? connection
    }
    return (present + created).filter { !deleted.contains($0.id) }
  }
}
