import JSON

/// The parameters of a message, read with the errors that the protocol asks for.
struct Parameters {
  let json: JSON

  init(_ json: JSON) { self.json = json }

  func text(_ path: String...) throws(ProtocolError) -> String {
    guard let text = value(path)?.string else { throw Self.missing(path) }
    return text
  }

  var uri: String { get throws(ProtocolError) { try text("textDocument", "uri") } }

  /// The version of the document; 0 if there is none.
  var version: Int64 { value(["textDocument", "version"])?.int ?? 0 }

  func position(_ path: String...) throws(ProtocolError) -> DocumentText.Position {
    guard let place = value(path), let line = place["line"]?.int,
      let character = place["character"]?.int,
      let line = Int32(exactly: line), let character = Int32(exactly: character),
      line >= 0, character >= 0
    else { throw Self.missing(path) }
    return DocumentText.Position(line: Int(line), character: Int(character))
  }

  func array(_ name: String) throws(ProtocolError) -> [Parameters] {
    guard let values = json[name]?.array else { throw Self.missing([name]) }
    return values.map { Parameters($0) }
  }

  /// `true` iff a client that asks for some kinds of code actions asks for fixes.
  var wantsFixes: Bool {
    guard let kinds = json["context"]?["only"]?.array else { return true }
    return kinds.contains(.string("quickfix")) || kinds.contains(.string(""))
  }

  /// `true` iff there is such a member and it isn't null.
  func has(_ name: String) -> Bool { json[name] ?? .null != .null }

  private func value(_ path: [String]) -> JSON? {
    path.reduce(json as JSON?) { $0?[$1] }
  }

  private static func missing(_ path: [String]) -> ProtocolError {
    .invalidParameters("`\(path.joined(separator: "."))` is missing or invalid")
  }
}
