import Language

/// An expression of the language, independent of its spelling. Its constructors keep it well typed.
indirect enum Term: Sendable {
  case null
  case flag(Bool)
  case number(Int64)
  case text(String)
  /// The source text: `2026-01-31T10:00:00+05:30`.
  case instant(String)
  /// A date alone: `2026-01-31`.
  case date(String)
  /// The source text, and its length.
  case span(String, microseconds: Int64)
  case list([Term])
  case field(String)
  case call(String, [Term])
  case comparison(ComparisonOperator, Term, Term)
  case matches(Term, RandomPattern)
  case between(Term, Term, Term)
  case not(Term)
  case logical(LogicalOperator, [Term])
  case sum(ArithmeticOperator, Term, Term)
  case negated(Term)
  case coalesce(Term, Term)
  case conditional(Term, Term, Term)
  case interpolation([Segment])

  /// A part of `f"…"`.
  enum Segment: Sendable {
    case text(String)
    case value(Term)
  }

  /// The operands, in source order.
  var operands: [Term] {
    switch self {
    case .null, .flag, .number, .text, .instant, .date, .span, .field: []
    case .list(let terms), .call(_, let terms), .logical(_, let terms): terms
    case .comparison(_, let left, let right), .sum(_, let left, let right),
      .coalesce(let left, let right):
      [left, right]
    case .matches(let term, _), .not(let term), .negated(let term): [term]
    case .between(let first, let second, let third), .conditional(let first, let second, let third):
      [first, second, third]
    case .interpolation(let segments): segments.compactMap(\.term)
    }
  }

  /// The name of the operation: an operator's spelling or a function's name.
  var feature: String {
    switch self {
    case .null: "null"
    case .flag: "true, false"
    case .number: "number"
    case .text: "text"
    case .instant, .date: "timestamp"
    case .span: "duration"
    case .list: "[]"
    case .field(let name): name
    case .call(let name, _): "\(name)()"
    case .comparison(let comparison, _, _): comparison.rawValue
    case .matches: ComparisonOperator.matches.rawValue
    case .between: "between"
    case .not: "not"
    case .logical(let connective, _): connective.rawValue
    case .sum(let sign, _, _): sign.rawValue
    case .negated: "unary -"
    case .coalesce: "??"
    case .conditional: "if"
    case .interpolation: "f\"\""
    }
  }

  /// The features of the term and all its operands.
  var features: [String] { [feature] + operands.flatMap(\.features) }
}

extension Term.Segment {
  fileprivate var term: Term? { if case .value(let term) = self { term } else { nil } }
}
