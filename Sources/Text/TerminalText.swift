extension String {
  /// Returns the text in a form that is safe to print to a terminal. Line breaks, tabs and the
  /// colours of ``TextStyle`` are kept; every other hidden character is escaped. Text that is
  /// already escaped stays unchanged.
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

  /// `true` iff the text begins with a line break or tab. A lone carriage return doesn't count,
  /// since it would let the rest of a line overwrite its start.
  private static func isLayout(_ rest: Substring.UnicodeScalarView) -> Bool {
    rest.first == "\n" || rest.first == "\t" || rest.starts(with: "\r\n".unicodeScalars)
  }
}
