extension String {
  /// Returns the text as a terminal may be given it: line breaks, tabs and the colours of
  /// ``TextStyle`` as they are, every other hidden character escaped. What was escaped before stays.
  package func escapingForTerminal() -> String {
    guard unicodeScalars.contains(where: { $0.isHidden && $0 != "\n" }) else { return self }
    var result = ""
    var rest = Substring(self).unicodeScalars
    while let first = rest.first {
      let kept = TextStyle.codes.first { rest.starts(with: $0.unicodeScalars) }
      let text = kept ?? (Self.isLayout(rest) || !first.isHidden ? String(first) : first.escaped)
      result += text
      rest = rest.dropFirst(kept?.unicodeScalars.count ?? 1)
    }
    return result
  }

  /// A carriage return alone would let the rest of a line stand over its start.
  private static func isLayout(_ rest: Substring.UnicodeScalarView) -> Bool {
    rest.first == "\n" || rest.first == "\t" || rest.starts(with: "\r\n".unicodeScalars)
  }
}
