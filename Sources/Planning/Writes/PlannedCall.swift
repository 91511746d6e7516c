import API

/// The writes that one call carries out: a single one, or several of the same stage that differ in
/// nothing but their connections.
package struct PlannedCall: Sendable {
  /// Never empty.
  package private(set) var writes: [PlannedWrite]
  package private(set) var call: WriteCall

  package init(_ write: PlannedWrite) {
    (writes, call) = ([write], write.call)
  }

  /// The first write; the only one, except for calls that can change many connections.
  package var write: PlannedWrite { writes[0] }

  /// Adds the write if the same call can carry it out; otherwise returns `false`.
  package mutating func add(_ write: PlannedWrite) -> Bool {
    guard let merged = call.merging(write.call), writes[0].isOfSameStage(as: write) else {
      return false
    }
    writes.append(write)
    call = merged
    return true
  }

  /// Replaces each write by another one for the same connection, which is sent in the same way.
  package mutating func replaceWrites(_ replacement: (PlannedWrite) -> PlannedWrite) {
    writes = writes.map(replacement)
    call = writes.dropFirst().reduce(write.call) { $0.merging($1.call) ?? $0 }
  }

  /// Returns one call for each value of `key`, in the order of their first writes.
  package func divided<Key: Hashable>(by key: (PlannedWrite) -> Key) -> [(Key, PlannedCall)] {
    var parts: [(key: Key, call: PlannedCall)] = []
    for write in writes {
      let key = key(write)
      let isAdded = parts.indices.contains { parts[$0].key == key && parts[$0].call.add(write) }
      if !isAdded { parts.append((key, PlannedCall(write))) }
    }
    return parts
  }
}

extension [PlannedWrite] {
  package var calls: [PlannedCall] {
    reduce(into: []) { calls, write in
      let isAdded = calls.indices.last.map { calls[$0].add(write) } ?? false
      if !isAdded { calls.append(PlannedCall(write)) }
    }
  }
}
