extension String {
  /// Returns the text in a form that is safe to print to a terminal. Line breaks, tabs and the
  /// colours of ``TextStyle`` are kept; every other hidden character is escaped. Text that is
  /// already escaped stays unchanged.
  package func escapingForTerminal() -> String {
    guard HiddenCharacters.mayBe(in: self) else { return self }
    let scalars = Array(unicodeScalars)
    let hidden = HiddenCharacters(scalars)
    var result = ""
    var index = 0
    while index < scalars.count {
      let kept = Self.kept(scalars[index...]) ?? (hidden.kind(at: index) == nil ? 1 : 0)
      if kept == 0 { result += scalars[index].escaped }
      for scalar in scalars[index..<(index + kept)] { result.unicodeScalars.append(scalar) }
      index += max(1, kept)
    }
    return result
  }

  /// The text without the colours of ``TextStyle``.
  package var withoutStyles: String {
    TextStyle.codes.reduce(self) { $0.replacing($1, with: "") }
  }

  /// The length of the colour, line break or tab with which the text begins; `nil` if there is none. A
  /// lone carriage return is none, since it would let the rest of a line overwrite its start.
  private static func kept(_ rest: ArraySlice<Unicode.Scalar>) -> Int? {
    guard let first = rest.first, first.value < 0x20 else { return nil }
    let texts = ["\n", "\t", "\r\n"] + TextStyle.codes
    return texts.lazy.map(\.unicodeScalars).first { rest.starts(with: $0) }?.count
  }
}
