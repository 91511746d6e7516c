/// A half-open range of bytes in the texts of a ``SourceMap``.
///
/// Every file of a map has its own range of offsets, so a span alone identifies its file.
package struct SourceSpan: Hashable, Sendable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// Returns the smallest span that contains `self` and `other`.
  package func joined(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(start, other.start), max(end, other.end))
  }

  package func contains(_ other: SourceSpan) -> Bool { start <= other.start && other.end <= end }
}
