/// Finds the hidden characters of a text. Whether a character is hidden depends on its neighbours: a
/// joiner between two emoji or two Persian letters isn't, since the text is shown as it is meant.
package struct HiddenCharacters {
  private let scalars: [Unicode.Scalar]

  package init(_ text: some Sequence<Unicode.Scalar>) { scalars = Array(text) }

  /// Returns `true` iff the text may have hidden characters; a quick test.
  static func mayBe(in text: String) -> Bool {
    !text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
      && text.unicodeScalars.contains { HiddenKind.of($0) != nil }
  }

  /// Returns the kind of the character at `index`; `nil` if it isn't hidden there.
  package func kind(at index: Int) -> HiddenKind? {
    guard let kind = HiddenKind.of(scalars[index]) else { return nil }
    let around = HiddenKind.Neighbours(
      earlier: scalar(index - 2), before: scalar(index - 1), after: scalar(index + 1))
    return kind.belongs(around) ? nil : kind
  }

  private func scalar(_ index: Int) -> Unicode.Scalar? {
    scalars.indices.contains(index) ? scalars[index] : nil
  }

  /// Returns the text with each character as `text` writes it, or as an escape if it is hidden.
  func escaping(_ text: (Unicode.Scalar) -> String = { String($0) }) -> String {
    scalars.indices.map { kind(at: $0) == nil ? text(scalars[$0]) : scalars[$0].escaped }.joined()
  }
}

extension String {
  /// `true` iff a character of the text is invisible or changes how its neighbours are displayed.
  package var hasHiddenCharacters: Bool {
    guard HiddenCharacters.mayBe(in: self) else { return false }
    let hidden = HiddenCharacters(unicodeScalars)
    return unicodeScalars.indices.enumerated().contains { hidden.kind(at: $0.offset) != nil }
  }

  /// Returns the text with its hidden characters written as `\u{…}`, `\n`, `\t` or `\r`.
  package func escapingHiddenCharacters() -> String {
    HiddenCharacters.mayBe(in: self) ? HiddenCharacters(unicodeScalars).escaping() : self
  }

  /// The text as a string literal of the language, with quotes and escapes.
  package var quoted: String {
    let escaped = HiddenCharacters(unicodeScalars).escaping { scalar in
      scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
    }
    return "\"\(escaped)\""
  }
}
