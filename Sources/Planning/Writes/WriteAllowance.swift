import API
import Evaluation
import Language

/// The calls that a confirmed plan still permits. The run asks it before every write, so nothing is
/// sent that a person didn't confirm.
package struct WriteAllowance: Sendable {
  private var planned: [WriteCall: Int] = [:]
  /// The number of calls per stage, for rows whose connections the same pipeline creates.
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

  package mutating func recordCreated(_ id: Int64) { created.insert(id) }

  /// Uses up one planned call. Returns `false` if the plan contains no such call, or no more of
  /// them.
  package mutating func take(_ write: PlannedWrite) -> Bool {
    if let id = write.rowID, created.contains(id), onCreated.takeOne(write.span) { return true }
    return planned.takeOne(write.call)
  }
}

extension PlannedWrite {
  /// The id of the connection in the row that the write was planned for.
  fileprivate var rowID: Int64? { call.id ?? origin }
}

extension Dictionary where Value == Int {
  /// Decrements the count for `key`. Returns `false` if none is left.
  fileprivate mutating func takeOne(_ key: Key) -> Bool {
    guard let left = self[key], left > 0 else { return false }
    self[key] = left - 1
    return true
  }
}
