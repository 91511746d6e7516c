/// Characters from word processors and other languages in place of ours. Each is reported with the
/// right spelling, and lexing continues with its meaning.
extension Lexer {
  mutating func foreignCharacter() -> Token {
    let start = offset
    let scalar = consumeScalar()
    switch scalar {
    case "“", "”", "„", "‘", "’", "«", "»": return curlyString(from: start)
    case "\u{A0}", "\u{202F}", "\u{2007}":
      report(.unexpected(scalar, span(from: start), replacement: " "))
      return next()
    case "–", "—", "−":
      report(.unexpected(scalar, span(from: start), replacement: "-"))
      return token(.symbol(.minus), from: start)
    case "/" where peek() == UInt8(ascii: "/"):
      offset += 1
      report(.unexpectedComment(span(from: start)))
      skip { $0 != UInt8(ascii: "\n") }
      return next()
    default:
      skip { $0 >= 0x80 || $0.isNamePart }
      return invalid(.unexpected(scalar, span(from: start), replacement: nil), from: start)
    }
  }

  /// Hints for characters that other languages use and `conn` doesn't.
  fileprivate static let meanings: [Unicode.Scalar: String] = [
    "?": "to filter rows, write `where`; for a value that may be null, `a ?? b`",
    "%": "write `for x in … { … }` for PowerShell's `%`; `conn` has no remainder operator",
  ]

  private mutating func consumeScalar() -> Unicode.Scalar {
    let end = min(offset + 4, bytes.count)
    let scalar = String(decoding: bytes[offset..<end], as: UTF8.self).unicodeScalars.first
    offset += scalar.map { UTF8.width($0) } ?? 1
    return scalar ?? "\u{FFFD}"
  }

  /// Reads a string between typographic quotes, up to the next one on the line.
  private mutating func curlyString(from start: Int) -> Token {
    let open = span(from: start)
    let body = offset
    while let byte = peek(), byte != UInt8(ascii: "\n") {
      let end = offset
      guard Self.curlyQuotes.contains(consumeScalar()) else { continue }
      let text = String(decoding: bytes[body..<end], as: UTF8.self)
      report(.curlyQuotes(open, SourceSpan(file.base + end, file.base + offset), around: text))
      return token(.literal(.string(text)), from: start)
    }
    return invalid(.curlyQuotes(open, nil, around: ""), from: start)
  }

  private static let curlyQuotes: Set<Unicode.Scalar> = ["“", "”", "„", "‘", "’", "«", "»"]
}

extension Diagnostic {
  /// Reports typographic quotes. They can simply be replaced if the text between them contains no
  /// straight quotes or backslashes.
  fileprivate static func curlyQuotes(
    _ open: SourceSpan, _ close: SourceSpan?, around text: String
  ) -> Diagnostic {
    let isPlain = !text.utf8.contains { "\"\\".utf8.contains($0) }
    let fix = close.map { Fix("write `\"…\"`", [Edit(open, "\""), Edit($0, "\"")]) }
    return Diagnostic(
      "C0002", "typographic quotes", at: open, label: "not a straight quote",
      help: ["use straight quotes: \"…\""], fix: isPlain ? fix : nil)
  }

  fileprivate static func unexpected(
    _ scalar: Unicode.Scalar, _ span: SourceSpan, replacement: String?
  ) -> Diagnostic {
    let isBlank = replacement == " "
    let help = isBlank ? "use a plain space" : "use a plain `-`"
    let meaning = Lexer.meanings[scalar].map { [$0] } ?? []
    return Diagnostic(
      "C0002",
      "unexpected character `\(isBlank ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar))`",
      at: span, label: "not part of the language", help: replacement == nil ? meaning : [help],
      fix: replacement.map { Fix(help, [Edit(span, $0)]) })
  }

  fileprivate static func unexpectedComment(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0058", "comments start with `#`", at: span, label: "another language's comment",
      help: ["write `#`"], fix: Fix(span, "#"))
  }
}
