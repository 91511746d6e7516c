import API
import JSON
import Language

extension RequestBody.Member {
  /// The id of a parent that is sent along; below zero for one that the plan makes.
  package var parent: Int64? {
    if name == "parent_id", case .json(.int(let id)) = value { id } else { nil }
  }

  /// The same, with `{new1}` for a parent that is yet to be made.
  package var namingMade: RequestBody.Member {
    guard let parent, parent < 0 else { return self }
    return RequestBody.Member(name, .json(.string("{new\(0 - parent)}")))
  }

  /// The value for a person: `new 1` is the first connection that the plan makes.
  package var words: String {
    parent.flatMap { $0 < 0 ? "new \(0 - $0)" : nil } ?? value.shown.text
  }
}

extension WriteCall {
  /// The parents that the call names and the plan makes.
  package var parents: [Int64] {
    switch self {
    case .create(let fields), .update(_, let fields): fields.compactMap(\.parent).filter { $0 < 0 }
    case .disconnect, .delete: []
    }
  }
}

extension WriteCall {
  /// The call as it is shown: a parent that is yet to be made is `{new1}`, as in an address.
  package var namingMade: WriteCall {
    switch self {
    case .create(let fields): .create(fields.map(\.namingMade))
    case .update(let id, let fields): .update(id: id, fields.map(\.namingMade))
    case .disconnect, .delete: self
    }
  }
}
