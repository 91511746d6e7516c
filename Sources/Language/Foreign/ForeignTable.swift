/// Spellings of other languages, and what to write here instead.
///
/// People bring the habits of SQL, jq, KQL, PowerShell, Nushell and shells. A table holds what they
/// type in one kind of place, such as where a stage stands; adding a spelling is adding an element.
/// `conn` recognises a spelling only where it would be an error anyway.
struct ForeignTable: Sendable {
  /// One spelling: its words are separated by blanks, `_` stands for any name, and
  /// `#` for a number. The equivalent may repeat them.
  struct Spelling: Sendable {
    let written: String
    /// The equivalent here; `nil` if there isn't exactly one.
    let meant: String?
    let help: String
  }

  /// A spelling where it stands in a text.
  struct Match: Sendable {
    let spelling: Spelling
    let span: SourceSpan
    let text: String
  }

  /// The spellings by the beginning of their first word or by their first symbol, longest first.
  private let spellings: [UInt64: [Spelling]]

  /// Creates a table from the spellings with an equivalent, and from explanations with the
  /// spellings that need them.
  init(
    _ equivalents: KeyValuePairs<String, String> = [:],
    explained: KeyValuePairs<String, [String]> = [:]
  ) {
    self.init(
      equivalents.map { Spelling($0, meant: $1) }
        + explained.flatMap { help, spellings in
          spellings.map { Spelling(written: $0, meant: nil, help: help) }
        })
  }

  init(_ all: [Spelling]) {
    let sorted = all.sorted { $0.written.utf8.count > $1.written.utf8.count }
    spellings = Dictionary(grouping: sorted) { Self.key($0.written.utf8) }
  }

  /// Returns the longest spelling that stands at an offset.
  func match(at offset: Int, in file: SourceFile) -> Match? {
    let bytes = file.bytes[min(offset - file.base, file.bytes.count)...]
    let candidates = spellings[Self.key(bytes)] ?? []
    for index in candidates.indices {
      guard let (end, operands) = candidates[index].end(in: bytes) else { continue }
      let spelling = candidates[index]
      let span = SourceSpan(offset, file.base + end)
      return Match(spelling: spelling.filled(with: operands), span: span, text: file.text(span))
    }
    return nil
  }

  /// Returns the spelling that consists of this name.
  func named(_ name: String) -> Spelling? {
    let lowered = name.lowercased()
    return spellings[Self.key(name.utf8)]?.first { $0.written.lowercased() == lowered }
  }

  /// All spellings, in order.
  var written: [String] { spellings.values.flatMap { $0.map(\.written) }.sorted() }

  /// Returns the first eight letters, in lower case, of the name that a text begins with, or its
  /// first character, as a number.
  private static func key(_ text: some Collection<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    for byte in text.prefix(8) {
      guard byte.isNamePart || key == 0 else { break }
      key = key << 8 | UInt64(byte.loweredASCII)
      guard byte.isNamePart else { break }
    }
    return key
  }
}

extension ForeignTable.Spelling {
  init(_ written: String, meant: String) {
    self.init(written: written, meant: meant, help: "write `\(meant)`")
  }

  /// Returns the spelling with these words instead of `_` and `#` in the equivalent.
  fileprivate func filled(with operands: [String]) -> Self {
    guard let meant, !operands.isEmpty else { return self }
    var rest = operands[...]
    let words = meant.split(separator: " ").map { word in
      Self.isPlaceholder(word) ? rest.popFirst() ?? String(word) : String(word)
    }
    return Self(written, meant: words.joined(separator: " "))
  }

  /// Returns the end of the spelling in a text that begins with it, and the words of the text that
  /// stand for `_` and `#`.
  fileprivate func end(in text: ArraySlice<UInt8>) -> (end: Int, operands: [String])? {
    guard mayBegin(text) else { return nil }
    var (rest, words) = (text, written.utf8[...])
    var operands: [String] = []
    while !words.isEmpty {
      let word = words.prefix { $0 != 0x20 }
      if rest.startIndex > text.startIndex { rest = rest.drop { $0 == 0x20 || $0 == 0x09 } }
      guard let end = Self.end(of: word, in: rest) else { return nil }
      if Self.isPlaceholder(Substring(word)) {
        operands.append(String(decoding: rest[..<end], as: UTF8.self))
      }
      rest = text[end...]
      words = words[word.endIndex...].dropFirst()
    }
    return (rest.startIndex, operands)
  }

  /// `false` iff a text differs from the spelling before the first word that stands for others;
  /// almost every text does.
  private func mayBegin(_ text: ArraySlice<UInt8>) -> Bool {
    var offset = text.startIndex
    for byte in written.utf8 {
      if byte == 0x20 {
        while offset < text.endIndex, text[offset] == 0x20 || text[offset] == 0x09 { offset += 1 }
      } else if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "#") {
        return true
      } else {
        guard offset < text.endIndex, text[offset].matches(byte) else { return false }
        offset += 1
      }
    }
    return true
  }

  private static func isPlaceholder(_ word: Substring) -> Bool { word == "_" || word == "#" }

  private static func end(of word: Substring.UTF8View, in text: ArraySlice<UInt8>) -> Int? {
    if isPlaceholder(Substring(word)) {
      let name = text.prefix(while: \.isNamePart)
      let fits = word.first == 0x5F ? isOperand(name) : name.first?.isASCIIDigit == true
      return fits ? name.endIndex : nil
    }
    let end = text.startIndex + word.count
    guard end <= text.endIndex,
      zip(text, word).allSatisfy({ $0.matches($1) })
    else { return nil }
    let isCut = text[end - 1].isNamePart && end < text.endIndex && text[end].isNamePart
    return isCut ? nil : end
  }
}

extension ForeignTable.Spelling {
  /// `true` iff a word is a name, and not one that goes on with the expression before it.
  fileprivate static func isOperand(_ word: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: word, as: UTF8.self)
    return text.isName && !["as", "starts", "ends"].contains(text)
  }
}

extension UInt8 {
  /// Returns `true` iff both are the same character of ASCII, whatever its case.
  fileprivate func matches(_ other: UInt8) -> Bool { loweredASCII == other.loweredASCII }

  fileprivate var loweredASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension Diagnostic {
  /// Reports a spelling of another language.
  static func foreign(_ found: ForeignTable.Match) -> Diagnostic {
    let message =
      found.spelling.meant.map { "`\(found.text)` is spelled `\($0)` in conn" }
      ?? "`\(found.text)` belongs to another language"
    return Diagnostic(
      "C0058", message, at: found.span, label: "another language's spelling",
      help: [found.spelling.help], fix: found.fix)
  }
}

extension ForeignTable.Match {
  /// The fix that writes the equivalent.
  var fix: Diagnostic.Fix? { spelling.meant.map { Diagnostic.Fix(span, $0) } }
}
