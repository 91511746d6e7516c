/// The word or string being typed at the cursor.
struct CompletionPrefix {
  /// The text before the word, plus whatever closes the strings around it.
  let before: [UInt8]
  /// The start of the word in ``before``; for a string, its opening quote.
  let start: Int
  let replaced: Range<Int>
  /// The text typed so far, without quotes and escapes.
  let prefix: String
  let quoting: Completion.Lookup.Quoting
  /// `false` iff it is a string or number, which only values can replace.
  let takesNames: Bool

  /// Returns `nil` if nothing can be offered: in a comment, in the text of `f"…"`, right after a
  /// closing quote or bracket, and in a text that the lexer rejects.
  init?(in bytes: [UInt8], at cursor: Int) {
    let typed = Array(bytes[..<cursor])
    let file = SourceFile(name: "", bytes: typed)
    guard SourceValidator.firstProblem(in: file) == nil, !Self.isShebang(typed) else { return nil }
    let lexed = Lexer.lex(file)
    guard !lexed.comments.contains(where: { $0.span.end == cursor }) else { return nil }
    switch lexed.openStrings.first?.form {
    case .interpolated(isInBraces: false): return nil
    case .escaped(let text): self.init(string: text, .escaped, in: typed, lexed.openStrings)
    case .raw(let text): self.init(string: text, .raw, in: typed, lexed.openStrings)
    case .interpolated(isInBraces: true), nil:
      self.init(wordIn: bytes, at: cursor, lexed.openStrings)
    }
  }

  private init(
    string text: String, _ quoting: Completion.Lookup.Quoting, in typed: [UInt8],
    _ open: [OpenString]
  ) {
    start = open[0].start
    before = typed[..<start] + Self.closing(open.dropFirst())
    replaced = (start + 1)..<typed.count
    prefix = text
    self.quoting = quoting
    takesNames = false
  }

  private init?(wordIn bytes: [UInt8], at cursor: Int, _ open: [OpenString]) {
    var start = cursor
    while start > 0, bytes[start - 1].isNamePart { start -= 1 }
    if start > 0, bytes[start - 1] == UInt8(ascii: "$") { start -= 1 }
    if start > 0, "\"')]}".utf8.contains(bytes[start - 1]) { return nil }
    var end = cursor
    while start < cursor, end < bytes.count, bytes[end].isNamePart { end += 1 }
    self.start = start
    before = bytes[..<start] + Self.closing(open[...])
    replaced = start..<end
    prefix = String(decoding: bytes[start..<cursor], as: UTF8.self)
    quoting = .none
    takesNames = start == cursor || !bytes[start].isASCIIDigit
  }

  /// Returns the text that closes interpolated strings that are open inside an expression.
  private static func closing(_ open: ArraySlice<OpenString>) -> [UInt8] {
    open.flatMap { _ in Array("}\"".utf8) }
  }

  /// The quote that ends the string, unless the line has it after the cursor.
  func closing(before rest: ArraySlice<UInt8>) -> String {
    let quote: Character
    switch quoting {
    case .none: return ""
    case .escaped: quote = "\""
    case .raw: quote = "'"
    }
    let line = String(decoding: rest.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return line.count { $0 == quote }.isMultiple(of: 2) ? String(quote) : ""
  }

  private static func isShebang(_ typed: [UInt8]) -> Bool {
    typed.starts(with: "#!".utf8) && !typed.contains(UInt8(ascii: "\n"))
  }
}
