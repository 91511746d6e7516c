import API
import Evaluation
import JSON
import Language

extension RequestBody.Member {
  /// The tags that a write adds or removes, each once, sorted by handle: their handles, which are sent,
  /// with the titles that people read.
  package static func tags(_ tags: [Tag]) -> RequestBody.Member {
    let titles = Dictionary(tags.map { ($0.handle, $0.title) }, uniquingKeysWith: { $1 })
    let sorted = titles.sorted { $0.key < $1.key }
    return RequestBody.Member(
      "tags", .object(sorted.map { RequestBody.Member($0.key, .json(.string($0.value))) }))
  }
}

extension [RequestBody.Member] {
  /// The tags that a write with these members adds or removes.
  var tags: [Tag] {
    guard case .object(let tags)? = first(where: { $0.name == "tags" })?.value else { return [] }
    return tags.map { Tag(handle: $0.name, title: $0.value.shown.string ?? $0.name) }
  }

  var tagHandles: [String] { tags.map(\.handle) }
}

extension Request {
  /// Returns the handles that the body of a recorded call for tags adds or removes.
  package static func tagHandles(in body: JSON?) -> [String] {
    ["add_tags", "remove_tags"].flatMap { body?[$0]?.array?.compactMap(\.string) ?? [] }
  }
}

extension RequestBody.Member {
  /// Returns `true` iff the connection already has the value; `nil` if a list doesn't return it.
  package func isHeld(by connection: Connection) -> Bool? {
    guard let field = Field.named(name), field.origin == .answer, case .json(let wanted) = value,
      let present = try? connection.value(of: field), let value = Value(wanted, as: field.type)
    else { return nil }
    return present == value
  }
}
