import Language

/// Evaluates the comparison operators. One rule covers null: except for `==`, `!=` and `not in`, a
/// comparison with null is false. `not in` is the negation of `in` for every value, so it is true
/// for null, as `not (… in …)` is. A list that is null, as `tags` can be, counts as empty.
enum Comparison {
  /// Throws if the operator needs an order that the values don't have.
  static func holds(_ comparison: ComparisonOperator, _ left: Value, _ right: Value)
    throws(Unordered) -> Bool
  {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: try left.compare(right) == .ascending
    case .lessOrEqual: [.ascending, .same].contains(try left.compare(right))
    case .greater: try left.compare(right) == .descending
    case .greaterOrEqual: [.descending, .same].contains(try left.compare(right))
    case .isIn: isElement(left, of: right)
    case .isNotIn: !isElement(left, of: right)
    case .has: isElement(right, of: left)
    case .hasAny: (right.elements ?? []).contains { isElement($0, of: left) }
    case .hasAll: right.isNull || right.elements?.allSatisfy { isElement($0, of: left) } ?? false
    case .contains, .startsWith, .endsWith, .like, .matches: text(comparison, left, right)
    }
  }

  /// Returns `true` iff the list contains the element; a null list is empty.
  private static func isElement(_ element: Value, of list: Value) -> Bool {
    !element.isNull && (list.elements ?? []).contains(element)
  }

  private static func text(_ comparison: ComparisonOperator, _ left: Value, _ right: Value) -> Bool
  {
    guard let left = left.string, let right = right.string else { return false }
    return switch comparison {
    case .contains: left.hasBytes(of: right)
    case .startsWith: left.utf8.starts(with: right.utf8)
    case .endsWith: left.utf8.reversed().starts(with: right.utf8.reversed())
    case .like: Wildcard.matches(left, right)
    default: false
    }
  }
}

/// Matches the patterns of `like`: `*` is any text, `?` is one character, anything else is itself.
enum Wildcard {
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let text = Array(text.unicodeScalars)
    let pattern = Array(pattern.unicodeScalars)
    var offset = (text: 0, pattern: 0)
    var retry: (text: Int, pattern: Int)?
    while offset.text < text.count {
      let next = offset.pattern < pattern.count ? pattern[offset.pattern] : nil
      if next == "*" {
        retry = (offset.text, offset.pattern)
        offset.pattern += 1
      } else if next == "?" || next == text[offset.text] {
        offset = (offset.text + 1, offset.pattern + 1)
      } else if let star = retry {
        retry = (star.text + 1, star.pattern)
        offset = (star.text + 1, star.pattern + 1)
      } else {
        return false
      }
    }
    return pattern[offset.pattern...].allSatisfy { $0 == "*" }
  }
}
