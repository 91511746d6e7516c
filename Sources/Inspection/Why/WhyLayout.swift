import Text

/// Lays out steps in columns: the verdict, the condition, and the values it read.
struct WhyLayout {
  let style: TextStyle
  /// The terminal width in columns; `nil` means no limit.
  let width: Int?

  private static let verdictWidth = 7
  private static let indent = 2
  /// If facts have less room than this, they get lines of their own.
  private static let minRoom = 30
  private static let widestText = 60

  func lines(_ steps: [WhyStep]) -> [String] {
    let widths = steps.map { $0.text.displayWidth + Self.indent * $0.depth }
    let most = min(Self.widestText, (width ?? 200) / 2)
    let column = Self.verdictWidth + (widths.filter { $0 <= most }.max() ?? 0) + 2
    return steps.flatMap { lines($0, column) }
  }

  private func lines(_ step: WhyStep, _ column: Int) -> [String] {
    let margin = Self.verdictWidth + Self.indent * step.depth
    let text = step.text.wrapped(to: width.map { max(10, $0 - margin) })
    let verdict = step.verdict.padded(to: Self.verdictWidth)
    let start =
      style.paint(step.verdict, step.isBad ? .red : .bold)
      + verdict.dropFirst(step.verdict.count) + blanks(margin - Self.verdictWidth)
    let first = start + (text.first ?? "")
    let others = text.dropFirst().map { blanks(margin) + $0 }
    guard !step.facts.isEmpty else { return [first] + others }
    let fits = text.count == 1 && margin + step.text.displayWidth + 2 <= column
    let hasRoom = width.map { $0 - column >= Self.minRoom } ?? true
    guard fits, hasRoom else {
      let hanging = margin + 2 * Self.indent
      return [first] + others + wrapped(step.facts, hanging).map { blanks(hanging) + $0 }
    }
    let facts = wrapped(step.facts, column)
    return [first + blanks(column - margin - step.text.displayWidth) + (facts.first ?? "")]
      + facts.dropFirst().map { blanks(column) + $0 }
  }

  private func wrapped(_ text: String, _ column: Int) -> [String] {
    text.wrapped(to: width.map { max(10, $0 - column) })
  }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
