import API
import Evaluation
import Language

/// The calls that a confirmed plan still permits.
package struct WriteAllowance: Sendable {
  private var planned: [WriteCall: Int] = [:]
  /// By the stage, for rows whose connections the same pipeline creates.
  private var onCreated: [SourceSpan?: Int] = [:]
  private var created: Set<Int64> = []

  package init() {}

  package mutating func add(_ writes: [PlannedWrite]) {
    for write in writes {
      if let id = write.rowID, id < 0 {
        onCreated[write.span, default: 0] += 1
      } else {
        planned[write.call, default: 0] += 1
      }
    }
  }

  package mutating func noteCreated(_ id: Int64) { created.insert(id) }

  /// Returns `true` iff the plan holds the call, and not more often than it was taken already.
  package mutating func take(_ write: PlannedWrite) -> Bool {
    if let id = write.rowID, created.contains(id), onCreated.takeOne(write.span) { return true }
    return planned.takeOne(write.call)
  }
}

extension PlannedWrite {
  /// The connection of the row that it was decided on.
  fileprivate var rowID: Int64? { call.id ?? origin }
}

extension Dictionary where Value == Int {
  /// Returns `false` where none is left.
  fileprivate mutating func takeOne(_ key: Key) -> Bool {
    guard let left = self[key], left > 0 else { return false }
    self[key] = left - 1
    return true
  }
}
