import API
import JSON
import Language

extension RequestBody.Member {
  /// The parent's id, if the member sets one; negative for a parent that the plan creates.
  package var parent: Int64? {
    if name == "parent_id", case .json(.int(let id)) = value { id } else { nil }
  }

  /// The member with `{new1}` in place of a parent that is yet to be created.
  fileprivate var namingMade: RequestBody.Member {
    guard let parent, parent < 0 else { return self }
    return RequestBody.Member(name, .json(.string("{new\(0 - parent)}")))
  }

  /// The value as text; `new 1` is the first connection that the plan creates.
  package var text: String {
    parent.flatMap { $0 < 0 ? "new \(0 - $0)" : nil } ?? value.shown.text
  }
}

extension PlannedWrite {
  /// The parents in the call that the plan creates.
  package var parents: [Int64] { members.compactMap(\.parent).filter { $0 < 0 } }

  /// The write for display, with `{new1}` in place of a parent that is yet to be created.
  package var namingMade: PlannedWrite { with(id: id, members.map(\.namingMade)) }
}
