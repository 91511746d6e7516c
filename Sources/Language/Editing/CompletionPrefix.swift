/// The word or string that a person is typing.
struct CompletionPrefix {
  /// The text before the word, and what closes the strings that it stands in.
  let before: [UInt8]
  /// Where the word begins in ``before``: at the opening quote, where it is a string.
  let start: Int
  let replaced: Range<Int>
  /// What has been typed of it, without quotes and escapes.
  let prefix: String
  let quoting: Completion.Lookup.Quoting
  /// `false` iff it is text or a number, so that only values can take its place.
  let takesNames: Bool

  /// Returns `nil` where nothing can be offered: in a comment or in the text of `f"…"`, right behind
  /// a closing quote or bracket, in a text that is not read at all.
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

  /// What closes interpolated strings that are open in an expression.
  private static func closing(_ open: ArraySlice<OpenString>) -> [UInt8] {
    open.flatMap { _ in Array("}\"".utf8) }
  }

  private static func isShebang(_ typed: [UInt8]) -> Bool {
    typed.starts(with: "#!".utf8) && !typed.contains(UInt8(ascii: "\n"))
  }
}
