/// Parses names of files. Shells write them without quotes.
extension Parser {
  /// Parses an expression that names a file. A name without quotes is reported.
  mutating func fileName() throws(Diagnostic) -> Expression {
    guard let bare = bareFileName else { return try expression() }
    diagnostics.removeAll { bare.span.contains($0.span) }
    report(.fileWithoutQuotes(bare))
    while current.span.start < bare.span.end { advance() }
    return node(.literal(.string(bare.text)), from: bare.span.start)
  }

  /// The name of a file that stands here without quotes, such as `rows.csv` or `~/rows.csv`. No
  /// expression that names a file begins with a field.
  var bareFileName: Name? {
    guard cursor == nil, mayBeginFileName else { return nil }
    let start = current.span.start
    let text = file.bytes[(start - file.base)...].prefix { !Self.endsFileName($0) }
    guard text.contains(UInt8(ascii: ".")) || text.contains(UInt8(ascii: "/")) else { return nil }
    return Name(
      text: String(decoding: text, as: UTF8.self), span: SourceSpan(start, start + text.count))
  }

  private var mayBeginFileName: Bool {
    switch current.kind {
    case .name: following.terminal != .symbol(.leftParenthesis)
    case .symbol(.tilde), .symbol(.dot): true
    case .invalid: file.text(current.span).hasPrefix("/")
    default: false
    }
  }

  private static func endsFileName(_ byte: UInt8) -> Bool {
    byte <= UInt8(ascii: " ") || "|;,\"#(){}".utf8.contains(byte)
  }
}

extension Diagnostic {
  static func fileWithoutQuotes(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0050", "expected a file name in quotes, found `\(name.text)`", at: name.span,
      label: "expected a name in quotes", help: ["write `\"\(name.text)\"`"],
      fix: Fix(name.span, "\"\(name.text)\""))
  }

  /// Reports the name of a file where rows are expected.
  static func fileWithoutFrom(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0050", "expected rows, found the file name `\(name.text)`", at: name.span,
      label: "expected `from`", help: ["write `from \"\(name.text)\"`"],
      fix: Fix(name.span, "from \"\(name.text)\""))
  }
}
