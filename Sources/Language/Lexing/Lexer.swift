/// Splits a text into tokens. Accepts any bytes; whatever isn't a token is reported.
package struct Lexer {
  let file: SourceFile
  let bytes: [UInt8]
  var offset = 0
  private(set) var comments: [Comment] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var openStrings: [OpenString] = []
  private var shebang = SourceSpan(0, 0)
  var interpolationDepth = 0

  /// The result of lexing a text.
  package struct Output: Sendable {
    /// The tokens; the last is always ``Token/Kind/end``.
    package let tokens: [Token]
    package let comments: [Comment]
    package let diagnostics: [Diagnostic]
    /// The strings still open at the end of the text, innermost first.
    let openStrings: [OpenString]
    /// The literals that may be credentials, even if the text is rejected.
    let confidential: [SourceSpan]
    /// The first line if it begins with `#!`; otherwise empty.
    let shebang: SourceSpan

    /// `true` iff the text ends inside a string.
    package var endsInsideString: Bool { !openStrings.isEmpty }
  }

  private init(_ file: SourceFile) {
    self.file = file
    self.bytes = file.bytes
  }

  package static func lex(_ file: SourceFile) -> Output {
    let output = cut(file)
    guard let problem = SourceValidator.firstProblem(in: file) else { return output }
    return refusal(of: file, problem, output.confidential)
  }

  /// Splits a text into tokens, even if ``lex(_:)`` would reject it.
  static func cut(_ file: SourceFile) -> Output {
    var lexer = Lexer(file)
    let tokens = lexer.tokens()
    let confidential = CredentialScanner.spans(in: tokens)
    return Output(
      tokens: tokens, comments: lexer.comments, diagnostics: lexer.diagnostics,
      openStrings: lexer.openStrings, confidential: confidential, shebang: lexer.shebang)
  }

  /// Rejects a text with hidden characters as a whole, since it may not be what it seems.
  private static func refusal(
    of file: SourceFile, _ problem: Diagnostic, _ confidential: [SourceSpan]
  ) -> Output {
    let end = Token(kind: .end, span: SourceSpan(file.span.end, file.span.end))
    return Output(
      tokens: [end], comments: [], diagnostics: [problem], openStrings: [],
      confidential: confidential, shebang: SourceSpan(file.base, file.base))
  }

  private mutating func tokens() -> [Token] {
    skipByteOrderMarkAndShebang()
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 4)
    repeat { tokens.append(next()) } while tokens[tokens.count - 1].terminal != .end
    return tokens
  }

  private mutating func skipByteOrderMarkAndShebang() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    let start = offset
    if bytes[offset...].starts(with: "#!".utf8) { skip { $0 != UInt8(ascii: "\n") } }
    shebang = span(from: start)
  }

  mutating func next() -> Token {
    skipBlanksAndComments()
    guard let byte = peek() else { return token(.end, from: offset) }
    switch byte {
    case UInt8(ascii: "\n"): return single(.newline)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return string()
    case UInt8(ascii: "f") where peek(1) == UInt8(ascii: "\""): return interpolation()
    case UInt8(ascii: "@"): return timestamp()
    case UInt8(ascii: "$"): return variable()
    case _ where byte.isASCIIDigit: return number()
    case _ where byte.isNameStart: return name()
    default: return symbol()
    }
  }

  private mutating func skipBlanksAndComments() {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): offset += 1
      case UInt8(ascii: "#"): comment()
      default: return
      }
    }
  }

  private mutating func comment() {
    let start = offset
    skip { $0 != UInt8(ascii: "\n") }
    // Inside an interpolated string, a comment is part of the text.
    guard interpolationDepth == 0 else { return }
    let text = bytes[start..<offset]
    let body = text.drop { $0 == UInt8(ascii: "#") }
    comments.append(
      Comment(
        span: span(from: start), text: String(decoding: body.trimmingBlanks, as: UTF8.self),
        isDocumentation: text.count - body.count >= 2))
  }

  private mutating func name() -> Token {
    let start = offset
    skip(while: \.isNamePart)
    if let keyword = Keyword.spelled(bytes[start..<offset]) {
      return Token(kind: .name(keyword.rawValue), span: span(from: start), keyword: keyword)
    }
    let word = text(from: start)
    return token(Self.literal(word).map(Token.Kind.literal) ?? .name(word), from: start)
  }

  private static func literal(_ word: String) -> Literal? {
    switch word {
    case "true": .bool(true)
    case "false": .bool(false)
    case "null": .null
    default: nil
    }
  }

  private mutating func variable() -> Token {
    let start = offset
    offset += 1
    let nameStart = offset
    skip(while: \.isNamePart)
    guard offset > nameStart, bytes[nameStart].isNameStart || isResultNumber(from: nameStart) else {
      return invalid(.missingVariableName(span(from: start)), from: start)
    }
    return token(.variable(text(from: nameStart)), from: start)
  }

  /// `true` iff only digits have been read: the prompt numbers its results `$1`, `$2`, ….
  private func isResultNumber(from start: Int) -> Bool {
    bytes[start..<offset].allSatisfy(\.isASCIIDigit) && bytes[start] != UInt8(ascii: "0")
  }

  private mutating func symbol() -> Token {
    let start = offset
    guard let byte = peek(), let symbol = Symbol.longest(byte, peek(1)) else {
      return foreignCharacter()
    }
    offset += symbol.width
    return token(.symbol(symbol), from: start)
  }

  private mutating func single(_ kind: Token.Kind) -> Token {
    offset += 1
    return token(kind, from: offset - 1)
  }

  // MARK: Shared with the literals

  func peek(_ ahead: Int = 0) -> UInt8? {
    offset + ahead < bytes.count ? bytes[offset + ahead] : nil
  }

  mutating func skip(while condition: (UInt8) -> Bool) {
    while let byte = peek(), condition(byte) { offset += 1 }
  }

  func text(from start: Int) -> String {
    String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  func span(from start: Int) -> SourceSpan {
    SourceSpan(file.base + start, file.base + offset)
  }

  func token(_ kind: consuming Token.Kind, from start: Int) -> Token {
    Token(kind: kind, span: span(from: start))
  }

  mutating func invalid(_ diagnostic: Diagnostic, from start: Int) -> Token {
    diagnostics.append(diagnostic)
    return token(.invalid, from: start)
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reports a string that is never closed, and skips the rest of the text.
  mutating func unterminated(from start: Int, _ form: OpenString.Form) -> Token {
    openStrings.append(OpenString(form: form, start: file.base + start))
    offset = bytes.count
    let quote = SourceSpan(file.base + start, file.base + start + 1)
    return invalid(.unterminatedString(quote), from: start)
  }
}

extension ArraySlice<UInt8> {
  /// The bytes without blanks at both ends.
  fileprivate var trimmingBlanks: ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { " \t\r".utf8.contains($0) }
    let end = lastIndex { !isBlank($0) }.map { $0 + 1 } ?? startIndex
    return self[..<end].drop(while: isBlank)
  }
}

extension Diagnostic {
  fileprivate static func missingVariableName(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0004", "variable without a name", at: span, label: "expected a name after `$`",
      help: ["write a variable as `$name`"])
  }

  fileprivate static func unterminatedString(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0003", "unterminated string", at: span, label: "opened here and never closed",
      help: ["close the string with the same quote"], hidesRest: true)
  }
}
