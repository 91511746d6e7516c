import Evaluation
import JSON
import Language

/// The edit that brings a document into the canonical format. It covers only the lines that differ,
/// and keeps the line breaks.
enum FormattingEdit {
  static func edits(_ document: Document) -> JSON {
    guard case .text(let text) = Formatter.format(document.file, vocabulary: .standard) else {
      return .array([])
    }
    let (old, new) = (document.text.lines, DocumentText(Array(text.utf8)).lines)
    guard let changed = changed(old, new) else { return .array([]) }
    let replaced = SourceSpan(
      old[changed.start].startIndex, old[old.count - 1 - changed.end].endIndex)
    let lines = new[changed.start..<(new.count - changed.end)]
      .map { String(decoding: $0, as: UTF8.self) }
    return .array([document.edit(replaced, lines.joined(separator: document.text.lineBreak))])
  }

  /// Returns the numbers of lines at the start and at the end that are the same, such that some lines
  /// of both texts are left between them; `nil` if all are the same.
  private static func changed(
    _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> (start: Int, end: Int)? {
    guard old != new else { return nil }
    let between = min(old.count, new.count) - 1
    let start = min(common(old, new), between)
    return (start, min(common(old.reversed(), new.reversed()), between - start))
  }

  private static func common(_ first: [ArraySlice<UInt8>], _ second: [ArraySlice<UInt8>]) -> Int {
    zip(first, second).prefix { $0 == $1 }.count
  }
}
