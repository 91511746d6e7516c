import JSON

/// A tag of the workspace. Connections and calls refer to it by its handle.
package struct Tag: Hashable, Sendable {
  package let handle: String
  package let title: String

  package init(handle: String, title: String) {
    self.handle = handle
    self.title = title
  }

  /// Returns `nil` unless `json` is an object with the strings `handle` and `title`.
  package init?(_ json: JSON) {
    guard let handle = json["handle"]?.string, let title = json["title"]?.string else { return nil }
    self.init(handle: handle, title: title)
  }
}
