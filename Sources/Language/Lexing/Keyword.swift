import Text

/// The words of the grammar. Most of them can also name a field or variable; only the position tells.
package enum Keyword: String, CaseIterable, Sendable {
  // Statements.
  case `let`, param, def, use, `for`, `if`, print, profile, `default`, test
  // Sources and their options.
  case list, get, from, create, it, all, with, runtime
  // Operators and conditionals.
  case or, and, not, `in`, has, contains, starts, ends, like, matches, between, then, `else`
  // What stands in stages and loops.
  case `where`, none, count, by, `as`, desc, asc, exists, unless, always, replace
}

extension Keyword {
  /// `true` iff the word can't name a field or function in an expression, because an operator or a
  /// conditional begins with it.
  var isReserved: Bool {
    switch self {
    case .and, .or, .not, .in, .has, .contains, .like, .matches, .between, .if, .then, .else: true
    default: false
    }
  }

  /// The words that can't name a field or function in an expression.
  package static let reserved = allCases.filter(\.isReserved)

  /// Returns the keyword that consists of these bytes. No keyword has more than eight.
  package static func spelled(_ bytes: ArraySlice<UInt8>) -> Keyword? {
    guard bytes.count <= 8 else { return nil }
    let key = key(bytes)
    let index = table.partitioningIndex { $0.key >= key }
    return index < table.count && table[index].key == key ? table[index].keyword : nil
  }

  /// The keywords, each with the number that its bytes form, in the order of the numbers.
  private static let table = allCases.map { (key: key($0.rawValue.utf8), keyword: $0) }
    .sorted { $0.key < $1.key }

  /// Packs up to eight bytes into a number.
  private static func key(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
