import Evaluation
import JSON
import Language

/// The edit that brings a document into the canonical format. It covers only the lines that differ.
enum FormattingEdit {
  static func edits(_ document: Document) -> JSON {
    guard case .text(let text) = Formatter.format(document.file, vocabulary: .standard) else {
      return .array([])
    }
    let (old, new) = (document.text.bytes, Array(text.utf8))
    guard old != new else { return .array([]) }
    let start = commonLines(old, new)
    let end = commonLines(old.dropFirst(start).reversed(), new.dropFirst(start).reversed())
    let replaced = SourceSpan(start, old.count - end)
    let replacement = String(decoding: new[start..<(new.count - end)], as: UTF8.self)
    return .array([document.edit(replaced, replacement)])
  }

  /// Returns the number of bytes up to the last line break within the common prefix.
  private static func commonLines(_ first: [UInt8], _ second: [UInt8]) -> Int {
    let same = zip(first, second).prefix { $0 == $1 }.map(\.0)
    return same.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }
}
