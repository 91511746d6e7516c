/// A coloured range of the line, in UTF-8 offsets.
package struct PaintedRange: Equatable, Sendable {
  package let range: Range<Int>
  /// The parameters of SGR, such as `1;34`. Source: ECMA-48, 8.3.117.
  package let parameters: String

  package init(range: Range<Int>, parameters: String) {
    self.range = range
    self.parameters = parameters
  }

  package func shifted(by distance: Int) -> PaintedRange {
    PaintedRange(range: range.shifted(by: distance), parameters: parameters)
  }
}
