import Text

/// The difference between an expected and an actual list, line by line.
struct ListDifference {
  private let title: String
  private let expected: [String]
  private let actual: [String]

  init(_ title: String, _ expected: [String], _ actual: [String]) {
    (self.title, self.expected, self.actual) = (title, expected, actual)
  }

  /// The lists side by side: `-` before what is missing, `+` before what wasn't expected. Empty iff the
  /// lists are the same.
  var lines: [String] {
    guard expected != actual else { return [] }
    let all = merged
    let shown = all.indices.filter { index in
      all[max(0, index - Self.context)...min(all.count - 1, index + Self.context)]
        .contains { $0.mark != " " }
    }
    let lines = shown.prefix(Self.maxLines).flatMap { Self.wrapped(all[$0]) }
    let rest = shown.count - Self.maxLines
    return ["\(title): - expected, + actual"] + lines
      + (rest > 0 ? ["  … \(rest.counted("more line"))"] : [])
  }

  /// The number of equal lines around a different one.
  private static let context = 2
  /// The most lines of a difference that are shown.
  private static let maxLines = 40
  /// The most columns of a line, without its indentation of eight.
  private static let width = 72
  /// The most columns of an element, which takes several lines if it is long.
  private static let maxWidth = 12 * width
  /// The longest lists that are matched with each other; matching takes time in the square of their length.
  private static let maxMatched = 1_000

  private static func wrapped(_ line: Line) -> [String] {
    let pieces = line.text.escapingHiddenCharacters().truncated(to: maxWidth).wrapped(to: width)
    return pieces.enumerated().map { "  \($0.offset == 0 ? line.mark : " ") \($0.element)" }
  }

  private typealias Line = (mark: String, text: String)

  private var merged: [Line] {
    let start = zip(expected, actual).prefix { $0 == $1 }.count
    let tails = (expected.dropFirst(start), actual.dropFirst(start))
    let end = zip(tails.0.reversed(), tails.1.reversed()).prefix { $0 == $1 }.count
    let middle = Self.changes(Array(tails.0.dropLast(end)), Array(tails.1.dropLast(end)))
    return expected[..<start].map { (" ", $0) } + middle + tails.0.suffix(end).map { (" ", $0) }
  }

  private static func changes(_ expected: [String], _ actual: [String]) -> [Line] {
    guard max(expected.count, actual.count) <= maxMatched else {
      return expected.map { ("-", $0) } + actual.map { ("+", $0) }
    }
    let difference = actual.difference(from: expected)
    let removed = Set(difference.removals.map(\.offset))
    let inserted = Set(difference.insertions.map(\.offset))
    var lines: [Line] = []
    var (left, right) = (0, 0)
    while left < expected.count || right < actual.count {
      if removed.contains(left) {
        lines.append(("-", expected[left]))
        left += 1
      } else if inserted.contains(right) {
        lines.append(("+", actual[right]))
        right += 1
      } else {
        lines.append((" ", expected[left]))
        (left, right) = (left + 1, right + 1)
      }
    }
    return lines
  }
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
