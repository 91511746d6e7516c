import Language

/// A term as an expression of SQLite over the tables of ``SQLite``.
extension Term {
  /// `nil` if SQLite can't express it: it has no regular expressions.
  var sql: String? { features.contains("matches") ? nil : plainSQL }

  private var plainSQL: String {
    switch self {
    case .null: "null"
    case .flag(let value): value ? "1" : "0"
    case .number(let value): "\(value)"
    case .text(let text): text.sqlLiteral
    case .instant(let text): SQLite.instant("'\(text)'")
    case .date(let text): SQLite.instant("'\(text)T00:00:00Z'")
    case .span(_, let microseconds): "\(microseconds)"
    case .field(let name): "c.\(name.replacing("raw.", with: ""))"
    case .list(let terms): "(\(terms.map(\.plainSQL).joined(separator: ", ")))"
    case .call(let name, let terms): Self.call(name, terms)
    case .interpolation(let segments):
      "('' \(segments.map { "|| \($0.sql)" }.joined(separator: " ")))"
    default: operationSQL
    }
  }

  private var operationSQL: String {
    switch self {
    case .comparison(let comparison, let left, let right):
      Self.comparison(comparison, left, right)
    case .between(let term, let low, let high):
      "ifnull(\(term.plainSQL) between \(low.plainSQL) and \(high.plainSQL), 0)"
    case .not(let term): "(not \(term.plainSQL))"
    case .logical(let connective, let terms):
      "(\(terms.map(\.plainSQL).joined(separator: " \(connective.rawValue) ")))"
    case .sum(let sign, let left, let right):
      "(\(left.plainSQL) \(sign.rawValue) \(right.plainSQL))"
    case .negated(let term): "(0 - \(term.plainSQL))"
    case .coalesce(let left, let right): "ifnull(\(left.plainSQL), \(right.plainSQL))"
    case .conditional(let condition, let then, let other):
      "(case when \(condition.plainSQL) then \(then.plainSQL) else \(other.plainSQL) end)"
    default: "raise"
    }
  }

  private static func comparison(_ comparison: ComparisonOperator, _ left: Term, _ right: Term)
    -> String
  {
    let (a, b) = (left.plainSQL, right.plainSQL)
    return switch comparison {
    case .equal: "(\(a) is \(b))"
    case .notEqual: "(\(a) is not \(b))"
    case .isIn: left.isElement(of: right)
    case .isNotIn: "(not \(left.isElement(of: right)))"
    case .has: right.isElement(of: left)
    case .hasAny where right.isTags: "exists (\(tags) and tag.text in \(a))"
    case .hasAny: right.someAreElements(of: left)
    case .hasAll where right.isTags: "not exists (\(tags) and ifnull(tag.text in \(a), 0) = 0)"
    case .hasAll: right.allAreElements(of: left)
    case .contains: "ifnull(instr(\(a), \(b)) > 0, 0)"
    case .startsWith: "ifnull(substr(\(a), 1, length(\(b))) = \(b), 0)"
    case .endsWith: "ifnull(substr(\(a), length(\(a)) - length(\(b)) + 1) = \(b), 0)"
    case .like, .matches: "ifnull(\(a) glob \(right.glob), 0)"
    default: "ifnull(\(a) \(comparison.rawValue) \(b), 0)"
    }
  }

  // MARK: Lists

  private static let tags = "select tag.text from tag where tag.id = c.id"

  private var isTags: Bool { if case .field("tags") = self { true } else { false } }

  private func isElement(of list: Term) -> String {
    list.isTags
      ? "exists (\(Self.tags) and tag.text = \(plainSQL))"
      : "ifnull(\(plainSQL) in \(list.plainSQL), 0)"
  }

  private func someAreElements(of list: Term) -> String {
    "(" + (["0"] + operands.map { $0.isElement(of: list) }).joined(separator: " or ") + ")"
  }

  private func allAreElements(of list: Term) -> String {
    "(" + (["1"] + operands.map { $0.isElement(of: list) }).joined(separator: " and ") + ")"
  }

  /// `glob` has the wildcards of `like`, and brackets besides.
  private var glob: String {
    "replace(\(plainSQL), '[', '[[]')"
  }

  private static func call(_ name: String, _ terms: [Term]) -> String {
    let arguments = terms.map(\.plainSQL).joined(separator: ", ")
    let isTags = terms.first?.isTags ?? false
    let count = "(select count(*) from tag where tag.id = c.id)"
    return switch name {
    case "length", "count": isTags ? count : "ifnull(length(\(arguments)), 0)"
    case "empty": isTags ? "(\(count) = 0)" : "(\(arguments) is null or \(arguments) = '')"
    case "date": SQLite.midnight(before: arguments)
    case "now": SQLite.now
    case "today": SQLite.midnight(before: SQLite.now)
    case "ago": "(\(SQLite.now) - \(arguments))"
    default: "\(name)(\(arguments))"
    }
  }
}

extension Term.Segment {
  fileprivate var sql: String {
    switch self {
    case .text(let text): text.sqlLiteral
    case .value(.field("tags")):
      "ifnull((select group_concat(text, ';') from tag where tag.id = c.id), '')"
    case .value(.field("connected")): "(case when c.connected then 'true' else 'false' end)"
    case .value(.field(let name)) where RandomWorkspace.instantFields.contains(name):
      "ifnull(c.\(name)_text, '')"
    case .value(let term): "ifnull(\(term.sql ?? ""), '')"
    }
  }
}

extension String {
  /// The text between quotes; a line break would be read as the end of a line of the script.
  var sqlLiteral: String {
    let parts = mappingScalars(["'": "''"]).unicodeScalars.split(
      separator: "\n", omittingEmptySubsequences: false)
    let literals = parts.map { "'\(String($0))'" }
    return literals.count == 1 ? literals[0] : "(\(literals.joined(separator: " || char(10) || ")))"
  }
}
