/// A tag of the simulated workspace. Connections hold its handle.
package struct SimulatedTag: Hashable, Sendable {
  package let handle: String
  package let title: String
  package let description: JSONValue
  package let color: JSONValue

  package init(
    handle: String, title: String, description: JSONValue = .null, color: JSONValue = "blue"
  ) {
    self.handle = handle
    self.title = title
    self.description = description
    self.color = color
  }

  /// The tag as the list shows it.
  var listed: JSONValue {
    .object([
      "handle": .string(handle), "title": .string(title), "description": description,
      "color": color,
    ])
  }
}
