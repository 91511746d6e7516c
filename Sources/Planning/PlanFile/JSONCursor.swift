import Evaluation
import JSON
import Text

/// A value in a plan file with its path, such as `steps[0].writes[2].target.id`.
package struct JSONCursor {
  package let json: JSON
  private let path: String

  package init(_ json: JSON, _ path: String = "") {
    self.json = json
    self.path = path
  }

  /// Returns an error that names the value and the problem with it.
  package func problem(_ message: String) -> RunError {
    PlanFile.unreadable(path.isEmpty ? "the file \(message)" : "`\(path)` \(message)")
  }

  // MARK: Parts

  package func member(_ name: String) throws(RunError) -> JSONCursor {
    guard let value = try object()[name] else { throw child(name, .null).problem("is missing") }
    return child(name, value)
  }

  package func value<Value: JSONValue>(_ name: String, as type: Value.Type = Value.self)
    throws(RunError) -> Value
  {
    try Value.read(try member(name))
  }

  private func child(_ name: String, _ value: JSON) -> JSONCursor {
    let shown = name.escapingHiddenCharacters()
    return JSONCursor(value, path.isEmpty ? shown : "\(path).\(shown)")
  }

  package func elements() throws(RunError) -> [JSONCursor] {
    guard let values = json.array else { throw problem("is not a list") }
    return values.enumerated().map { JSONCursor($1, "\(path)[\($0)]") }
  }

  /// Returns the members of an object, each with its path.
  func members() throws(RunError) -> [(name: String, node: JSONCursor)] {
    try object().members.map { ($0.name, child($0.name, $0.value)) }
  }

  package func object() throws(RunError) -> JSON.Object {
    guard let object = json.object else { throw problem("is not an object") }
    return object
  }
}
