import JSON

/// A connection as returned by the API; unknown members are kept.
package struct Connection: Hashable, Sendable {
  package let id: Int64
  package private(set) var object: JSON.Object

  /// Returns `nil` unless `json` is an object with an integer `id`.
  package init?(_ json: JSON) {
    guard case .object(let object) = json, let id = Self.id(of: object) else { return nil }
    self.id = id
    self.object = object
  }

  private static func id(of object: JSON.Object) -> Int64? {
    switch object["id"] {
    case .int(let number): number
    case .string(let digits): Int64(digits)
    default: nil
    }
  }

  /// The name; empty if the API sends none.
  package var name: String { object["name"]?.string ?? "" }

  /// Returns a member; `application` is also found as `provider`, its name in answers to writes.
  package func member(_ name: String) -> JSON? {
    object[name] ?? (name == "application" ? object["provider"] : nil)
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
    for member in answer.members where member.name != "id" {
      merged.object.set(member.name == "provider" ? "application" : member.name, member.value)
    }
    return merged
  }
}
