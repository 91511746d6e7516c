/// An expression whose names are resolved and whose type is known.
package struct CheckedExpression: Sendable {
  package let kind: Kind
  package let type: ValueType
  package let isNullable: Bool
  package let span: SourceSpan
  /// `true` iff the command line, or the call of a definition, gives the value before the run.
  var isGiven = false

  package indirect enum Kind: Sendable {
    case literal(Literal)
    /// The column in this place of the schema, and its name.
    case field(Int, String)
    /// A variable, with its value where the text or the command line tells it.
    case variable(String, Literal?)
    /// The column of the row that a variable of a `for` stands for.
    case rowField(variable: String, Int, String)
    /// A member of a json value or record.
    case member(CheckedExpression, String)
    case call(String, [CheckedExpression])
    case list([CheckedExpression])
    case record([(key: String, value: CheckedExpression)])
    case interpolation([Segment])
    case not(CheckedExpression)
    case negated(CheckedExpression)
    case logical(LogicalOperator, [CheckedExpression])
    case comparison(ComparisonOperator, CheckedExpression, CheckedExpression)
    /// `matches` with a pattern that the text itself holds.
    case matches(CheckedExpression, RegularExpression)
    case between(CheckedExpression, CheckedExpression, CheckedExpression)
    case arithmetic(ArithmeticOperator, CheckedExpression, CheckedExpression)
    case coalesce(CheckedExpression, CheckedExpression)
    case conditional(CheckedExpression, then: CheckedExpression, else: CheckedExpression)
    /// A diagnostic stands reported here.
    case invalid
  }

  package enum Segment: Sendable {
    case text(String)
    case expression(CheckedExpression)
  }

  package init(_ kind: Kind, _ type: ValueType, nullable: Bool = false, _ span: SourceSpan) {
    self.kind = kind
    self.type = type
    self.isNullable = nullable
    self.span = span
  }

  static func invalid(_ span: SourceSpan) -> CheckedExpression {
    CheckedExpression(.invalid, .unknown, span)
  }
}

extension CheckedExpression {
  /// The operands, in the order of the text.
  package var operands: [CheckedExpression] {
    switch kind {
    case .literal, .field, .variable, .rowField, .invalid: []
    case .member(let value, _), .not(let value), .negated(let value), .matches(let value, _):
      [value]
    case .call(_, let values), .list(let values), .logical(_, let values): values
    case .record(let entries): entries.map(\.value)
    case .interpolation(let segments): segments.compactMap(\.expression)
    case .comparison(_, let left, let right), .arithmetic(_, let left, let right),
      .coalesce(let left, let right):
      [left, right]
    case .between(let value, let low, let high): [value, low, high]
    case .conditional(let condition, let then, let other): [condition, then, other]
    }
  }

  /// How many expressions it is made of.
  var size: Int { operands.reduce(1) { $0 + $1.size } }

  /// `true` iff the expression or an operand of it satisfies `condition`.
  package func contains(where condition: (CheckedExpression) -> Bool) -> Bool {
    condition(self) || operands.contains { $0.contains(where: condition) }
  }

  /// The names of the columns that the expression reads.
  package var fieldsRead: Set<String> {
    if case .field(_, let name) = kind { return [name] }
    return operands.reduce(into: []) { $0.formUnion($1.fieldsRead) }
  }

  /// `true` iff the value is the same for every row.
  package var isConstant: Bool { fieldsRead.isEmpty }

  /// The value where the text or the command line tells it.
  package var literal: Literal? {
    switch kind {
    case .literal(let literal): literal
    case .variable(_, let literal): literal
    default: nil
    }
  }

  /// The number where the text or the command line tells it.
  package var constantInt: Int64? {
    if case .int(let value) = literal { value } else { nil }
  }
}

extension CheckedExpression.Segment {
  fileprivate var expression: CheckedExpression? {
    if case .expression(let expression) = self { expression } else { nil }
  }
}
