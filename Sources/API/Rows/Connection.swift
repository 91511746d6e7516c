import JSON

/// A connection as returned by the API; unknown members are kept.
package struct Connection: Hashable, Sendable {
  package let id: Int64
  package private(set) var object: JSON.Object

  /// Returns `nil` unless `json` is an object with an `id`, a whole number from 1.
  package init?(_ json: JSON) {
    guard case .object(let object) = json, let id = object["id"].flatMap(Self.id) else {
      return nil
    }
    self.init(id: id, object)
  }

  /// Creates a connection of an object, whose member `id` is known.
  package init(id: Int64, _ object: JSON.Object) {
    self.id = id
    self.object = object
  }

  /// Creates a connection that the API has not sent; `id` may be a placeholder below 1.
  package init(id: Int64, _ members: [(String, JSON)]) {
    self.id = id
    object = JSON.Object([("id", .int(id))] + members)
  }

  /// Returns the id that a member `id` holds; `nil` if it isn't one.
  package static func id(_ value: JSON) -> Int64? {
    switch value {
    case .int(let number): number > 0 ? number : nil
    case .string(let digits): id(of: digits)
    default: nil
    }
  }

  /// Digits as the API writes them: without a sign and leading zeros.
  private static func id(of digits: String) -> Int64? {
    guard let number = Int64(digits), number > 0, String(number) == digits else { return nil }
    return number
  }

  /// The name; empty if the API sends none.
  package var name: String { object["name"]?.string ?? "" }

  /// Returns a member; `application` is also found as `provider`, its name in answers to writes.
  package func member(_ name: String) -> JSON? {
    object[name] ?? (name == "application" ? object["provider"] : nil)
  }

  /// The connection without the text it was read from; see ``JSON/Object/detached``.
  package var detached: Connection {
    var detached = self
    detached.object = object.detached
    return detached
  }

  /// The connection with `provider`, as answers to writes call it, renamed to `application`.
  package var renamingProvider: Connection {
    guard let provider = object["provider"] else { return self }
    var renamed = self
    renamed.object.remove("provider")
    renamed.object.set("application", object["application"] ?? provider)
    return renamed
  }

  /// Returns the connection updated with the members of `answer`.
  package func merging(_ answer: JSON.Object) -> Connection {
    var merged = self
    merged.object.set(
      answer.members.filter { $0.name != "id" }.map {
        ($0.name == "provider" ? "application" : $0.name, $0.value)
      })
    return merged
  }
}
