import Language
import Text

/// The precedence levels of the language's grammar, loosest first.
private enum Level: Int {
  case conditional, or, and, not, comparison, coalesce, sum, negation, primary
}

/// Renders a term in the language, with only the parentheses that the grammar needs.
extension Term {
  var source: String { source(.conditional) }

  private func source(_ least: Level) -> String {
    level.rawValue < least.rawValue ? "(\(plainSource))" : plainSource
  }

  private var level: Level {
    switch self {
    case .conditional: .conditional
    case .logical(.or, _): .or
    case .logical(.and, _): .and
    case .not: .not
    case .comparison, .matches, .between: .comparison
    case .coalesce: .coalesce
    case .sum: .sum
    case .negated: .negation
    default: .primary
    }
  }

  private var plainSource: String {
    switch self {
    case .null: "null"
    case .flag(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let text): text.literal
    case .instant(let text), .date(let text): "@\(text)"
    case .span(let text, _): text
    case .field(let name): name
    case .list(let terms): "[\(Self.commaSeparated(terms))]"
    case .call(let name, let terms): "\(name)(\(Self.commaSeparated(terms)))"
    case .interpolation(let segments): "f\"\(segments.map(\.source).joined())\""
    default: operationSource
    }
  }

  private var operationSource: String {
    switch self {
    case .comparison(let comparison, let left, let right):
      "\(left.source(.coalesce)) \(comparison.rawValue) \(right.source(.coalesce))"
    case .matches(let term, let pattern):
      "\(term.source(.coalesce)) matches \(pattern.source.literal)"
    case .between(let term, let low, let high):
      "\(term.source(.coalesce)) between \(low.source(.coalesce)) and \(high.source(.coalesce))"
    case .not(let term): "not \(term.source(.not))"
    case .logical(let connective, let terms):
      terms.map { $0.source(connective == .or ? .and : .not) }
        .joined(separator: " \(connective.rawValue) ")
    case .sum(let sign, let left, let right):
      "\(left.source(.sum)) \(sign.rawValue) \(right.source(.negation))"
    case .negated(let term): "-\(term.source(.negation))"
    case .coalesce(let left, let right): "\(left.source(.coalesce)) ?? \(right.source(.sum))"
    case .conditional(let condition, let then, let other):
      "if \(condition.source) then \(then.source) else \(other.source)"
    default: plainSource
    }
  }

  private static func commaSeparated(_ terms: [Term]) -> String {
    terms.map(\.source).joined(separator: ", ")
  }
}

extension Term.Segment {
  fileprivate var source: String {
    switch self {
    case .value(let term): "{\(term.source)}"
    case .text(let text): text.mappingScalars(["{": "{{", "}": "}}"]).escaped
    }
  }
}

extension String {
  /// The text in quotes; raw if visible characters would need escapes.
  fileprivate var literal: String {
    let scalars = unicodeScalars
    let isRaw =
      scalars.contains("\\")
      && !self.hasHiddenCharacters && !scalars.contains("'")
    return isRaw ? "'\(self)'" : "\"\(escaped)\""
  }

  /// The text with everything escaped that can't be put between quotes.
  fileprivate var escaped: String {
    mappingScalars(["\\": "\\\\", "\"": "\\\""]).escapingHiddenCharacters()
  }

  /// Returns the text with some of its scalars replaced, including ones with a combining mark.
  func mappingScalars(_ replacements: [Unicode.Scalar: String]) -> String {
    unicodeScalars.map { replacements[$0] ?? String($0) }.joined()
  }
}
