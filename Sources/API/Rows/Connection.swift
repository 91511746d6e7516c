import JSON

/// A connection as the API answered it: every member is kept, known or not.
package struct Connection: Hashable, Sendable {
  package let id: Int64
  package private(set) var object: JSON.Object

  /// Returns `nil` where `json` is no object with a whole number as its `id`.
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

  /// The name; empty where the API sends none.
  package var name: String { object["name"]?.string ?? "" }

  /// Returns a member; `application` is found under `provider` too, as create and update answer it.
  package func member(_ name: String) -> JSON? {
    object[name] ?? (name == "application" ? object["provider"] : nil)
  }

  /// The same connection with `application` where a create or update answers `provider`.
  package var renamingProvider: Connection {
    guard let provider = object["provider"] else { return self }
    var renamed = self
    renamed.object.remove("provider")
    renamed.object.set("application", object["application"] ?? provider)
    return renamed
  }

  /// Returns the connection with the members of `answer` in place of its own.
  package func merging(_ answer: JSON.Object) -> Connection {
    var merged = self
    for member in answer.members where member.name != "id" {
      merged.object.set(member.name == "provider" ? "application" : member.name, member.value)
    }
    return merged
  }
}
