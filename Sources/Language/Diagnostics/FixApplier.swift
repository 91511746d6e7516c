/// Applies the fixes of diagnostics to the text of a file.
package enum FixApplier {
  /// Returns the text with every fix of `diagnostics` that is the only one of its diagnostic and
  /// touches no other, and their number. Fixes that are not certain are taken by `guessing` alone.
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

  /// From the last edit to the first, so that places stay what they are.
  private static func applied(_ edits: [Diagnostic.Edit], to file: SourceFile) -> [UInt8] {
    var bytes = file.bytes
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      var range = (edit.span.start - file.base)..<(edit.span.end - file.base)
      if edit.replacement.isEmpty, !range.isEmpty { range = wholeLine(range, in: bytes) }
      bytes.replaceSubrange(range, with: Array(edit.replacement.utf8))
    }
    return bytes
  }

  /// What leaves nothing on its line takes the line with it; else the `;` behind it.
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
  /// The place behind a `;` and the blanks around it, or `end` where there is none.
  fileprivate static func separatorEnd(behind end: Int, in bytes: [UInt8]) -> Int {
    let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let next = bytes[end...].firstIndex { !isBlank($0) } ?? end
    guard next < bytes.count, bytes[next] == UInt8(ascii: ";") else { return end }
    return bytes[(next + 1)...].firstIndex { !isBlank($0) } ?? bytes.count
  }
}

extension SourceSpan {
  fileprivate func contains(_ other: SourceSpan) -> Bool {
    start <= other.start && other.end <= end
  }

  fileprivate func touches(_ other: SourceSpan) -> Bool {
    start <= other.end && other.start <= end
  }
}
