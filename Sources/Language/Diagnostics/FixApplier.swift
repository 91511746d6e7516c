/// Applies the fixes of diagnostics to the text of a file.
package enum FixApplier {
  /// Returns the fixed text and the number of fixes applied. A fix is applied if it is the only one
  /// of its diagnostic and doesn't touch another fix. Uncertain fixes are applied only if
  /// `guessing`.
  package static func fixed(
    _ file: SourceFile, _ diagnostics: [Diagnostic], guessing: Bool = false
  ) -> (text: [UInt8], count: Int) {
    var taken: [Diagnostic.Edit] = []
    var count = 0
    for diagnostic in diagnostics {
      guard diagnostic.fixes.count == 1, let fix = diagnostic.fixes.first,
        fix.isCertain || guessing,
        fix.edits.allSatisfy({ file.span.contains($0.span) && !removesComment($0, of: file) }),
        !fix.edits.contains(where: { edit in taken.contains { $0.span.touches(edit.span) } })
      else { continue }
      taken += fix.edits
      count += 1
    }
    return (applied(taken, to: file), count)
  }

  private static func removesComment(_ edit: Diagnostic.Edit, of file: SourceFile) -> Bool {
    edit.replacement.isEmpty && file.text(edit.span).utf8.contains(UInt8(ascii: "#"))
  }

  /// Applies the edits from last to first, so that earlier offsets stay valid.
  private static func applied(_ edits: [Diagnostic.Edit], to file: SourceFile) -> [UInt8] {
    var bytes = file.bytes
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      var range = (edit.span.start - file.base)..<(edit.span.end - file.base)
      if edit.replacement.isEmpty, !range.isEmpty { range = wholeLine(range, in: bytes) }
      bytes.replaceSubrange(range, with: Array(edit.replacement.utf8))
    }
    return bytes
  }

  /// Extends the range of a removed statement: to the whole line if nothing else is on it,
  /// otherwise over the `;` after it.
  private static func wholeLine(_ statement: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    let range = statement.lowerBound..<separatorEnd(behind: statement.upperBound, in: bytes)
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<range.lowerBound].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[range.upperBound...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.count
    let rest = bytes[start..<range.lowerBound] + bytes[range.upperBound..<end]
    return rest.allSatisfy { [UInt8(ascii: " "), UInt8(ascii: "\t"), newline].contains($0) }
      ? start..<end : range
  }
}

extension FixApplier {
  /// Returns the offset after a `;` and the blanks around it, or `end` if there is no `;`.
  fileprivate static func separatorEnd(behind end: Int, in bytes: [UInt8]) -> Int {
    let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let next = bytes[end...].firstIndex { !isBlank($0) } ?? end
    guard next < bytes.count, bytes[next] == UInt8(ascii: ";") else { return end }
    return bytes[(next + 1)...].firstIndex { !isBlank($0) } ?? bytes.count
  }
}

extension SourceSpan {
  fileprivate func touches(_ other: SourceSpan) -> Bool {
    start <= other.end && other.start <= end
  }
}
