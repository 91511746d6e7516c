import Evaluation
import JSON
import Language
import Text

/// A value in a plan file with its path, such as `steps[0].writes[2].target.id`.
struct JSONCursor {
  let json: JSON
  private let path: String

  init(_ json: JSON, _ path: String = "") {
    self.json = json
    self.path = path
  }

  /// Returns an error that names the value and the problem with it.
  func problem(_ message: String) -> RunError {
    PlanFile.unreadable(path.isEmpty ? "the file \(message)" : "`\(path)` \(message)")
  }

  // MARK: Parts

  func member(_ name: String) throws(RunError) -> JSONCursor {
    guard let value = try object()[name] else { throw child(name, .null).problem("is missing") }
    return child(name, value)
  }

  private func child(_ name: String, _ value: JSON) -> JSONCursor {
    let shown = name.escapingHiddenCharacters()
    return JSONCursor(value, path.isEmpty ? shown : "\(path).\(shown)")
  }

  func elements() throws(RunError) -> [JSONCursor] {
    guard let values = json.array else { throw problem("is not a list") }
    return values.enumerated().map { JSONCursor($1, "\(path)[\($0)]") }
  }

  /// Returns the members of an object, each with its path.
  func members() throws(RunError) -> [(name: String, node: JSONCursor)] {
    try object().members.map { ($0.name, child($0.name, $0.value)) }
  }

  /// The value; `nil` if it is null.
  var present: JSONCursor? { json == .null ? nil : self }

  // MARK: Values

  func object() throws(RunError) -> JSON.Object {
    guard let object = json.object else { throw problem("is not an object") }
    return object
  }

  func string() throws(RunError) -> String {
    guard let text = json.string else { throw problem("is not a string") }
    return text
  }

  func int() throws(RunError) -> Int64 {
    guard let number = json.int else { throw problem("is not a whole number") }
    return number
  }

  /// Returns a whole number; throws if it is negative.
  func count() throws(RunError) -> Int {
    guard let number = Int(exactly: try int()), number >= 0 else { throw problem("is negative") }
    return number
  }

  func bool() throws(RunError) -> Bool {
    guard case .bool(let value) = json else { throw problem("is not true or false") }
    return value
  }

  func instant() throws(RunError) -> Timestamp {
    guard let instant = Timestamp(iso8601: try string()) else {
      throw problem("is not a timestamp")
    }
    return Timestamp(microseconds: instant.microseconds)
  }

  func texts() throws(RunError) -> [String] {
    try elements().mapping { node throws(RunError) in try node.string() }
  }
}
