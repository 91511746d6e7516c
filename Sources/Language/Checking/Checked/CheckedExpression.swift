/// An expression whose names are resolved and whose type is known.
package struct CheckedExpression: Sendable {
  package let kind: Kind
  package let type: ValueType
  package let span: SourceSpan
  package let isNullable: Bool
  /// `true` iff the command line or the call of a definition provides the value before the run.
  var isGiven = false
  /// `true` iff the value is a secret, or may hold one inside a record or list.
  var holdsSecret: Bool

  /// Cases that would make every expression larger are stored apart.
  package enum Kind: Sendable {
    case literal(Literal)
    /// The column at this index of the schema, and its name.
    case field(Int, String)
    /// A variable, with its value if the text or the command line determines it.
    indirect case variable(String, Literal?)
    /// A column of the row that the variable of a `for` holds.
    indirect case rowField(variable: String, Int, String)
    /// A member of a json value or record.
    indirect case member(CheckedExpression, String)
    case call(String, [CheckedExpression])
    case list([CheckedExpression])
    case record([(key: String, value: CheckedExpression)])
    case interpolation([Segment])
    indirect case not(CheckedExpression)
    indirect case negated(CheckedExpression)
    case logical(LogicalOperator, [CheckedExpression])
    indirect case comparison(ComparisonOperator, CheckedExpression, CheckedExpression)
    /// `matches` with a pattern known from the text.
    indirect case matches(CheckedExpression, RegularExpression)
    indirect case between(CheckedExpression, CheckedExpression, CheckedExpression)
    indirect case arithmetic(ArithmeticOperator, CheckedExpression, CheckedExpression)
    indirect case coalesce(CheckedExpression, CheckedExpression)
    indirect case conditional(CheckedExpression, then: CheckedExpression, else: CheckedExpression)
    /// A placeholder for text with a reported error.
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
    holdsSecret = type.holdsSecret || kind.passesSecret
  }

  static func invalid(_ span: SourceSpan) -> CheckedExpression {
    CheckedExpression(.invalid, .unknown, span)
  }
}

extension CheckedExpression {
  /// Returns `true` iff an operand satisfies `condition`, which is asked in text order.
  package func hasOperand(where condition: (CheckedExpression) -> Bool) -> Bool {
    switch kind {
    case .literal, .field, .variable, .rowField, .invalid: false
    case .member(let value, _), .not(let value), .negated(let value), .matches(let value, _):
      condition(value)
    case .call(_, let values), .list(let values), .logical(_, let values):
      values.contains(where: condition)
    case .record(let entries): entries.contains { condition($0.value) }
    case .interpolation(let segments): segments.contains { $0.expression.map(condition) ?? false }
    case .comparison(_, let left, let right), .arithmetic(_, let left, let right),
      .coalesce(let left, let right):
      condition(left) || condition(right)
    case .between(let value, let low, let high):
      condition(value) || condition(low) || condition(high)
    case .conditional(let value, let then, let other):
      condition(value) || condition(then) || condition(other)
    }
  }

  /// The operands, in text order.
  package var operands: [CheckedExpression] {
    var operands: [CheckedExpression] = []
    _ = hasOperand { operand in
      operands.append(operand)
      return false
    }
    return operands
  }

  /// The number of expressions it consists of, including itself.
  var size: Int { operands.reduce(1) { $0 + $1.size } }

  /// Returns `true` iff the expression or any expression inside it satisfies `condition`.
  package func contains(where condition: (CheckedExpression) -> Bool) -> Bool {
    condition(self) || hasOperand { $0.contains(where: condition) }
  }

  /// The names of the columns that the expression reads.
  package var fieldsRead: Set<String> {
    if case .field(_, let name) = kind { return [name] }
    return operands.reduce(into: []) { $0.formUnion($1.fieldsRead) }
  }

  /// `true` iff the value is the same for every row.
  package var isConstant: Bool {
    !contains { if case .field = $0.kind { true } else { false } }
  }

  /// The value, if the text or the command line determines it.
  package var literal: Literal? {
    switch kind {
    case .literal(let literal): literal
    case .variable(_, let literal): literal
    default: nil
    }
  }

  /// The number, if the text or the command line determines it.
  package var constantInt: Int64? {
    if case .int(let value) = literal { value } else { nil }
  }
}

extension CheckedExpression.Kind {
  /// `true` iff the value may hold a secret of an operand. The operands of everything else can't
  /// hold one.
  fileprivate var passesSecret: Bool {
    switch self {
    case .member(let value, let name): value.holdsSecret(at: name)
    case .list(let values): values.contains(where: \.holdsSecret)
    case .record(let entries): entries.contains(where: \.value.holdsSecret)
    case .coalesce(let left, let right): left.holdsSecret || right.holdsSecret
    case .conditional(_, let then, let other): then.holdsSecret || other.holdsSecret
    default: false
    }
  }
}

extension CheckedExpression {
  /// Returns `true` iff the member of this name may be or hold a secret.
  fileprivate func holdsSecret(at name: String) -> Bool {
    if case .record(let entries) = kind {
      return entries.contains { $0.key == name && $0.value.holdsSecret }
    }
    return holdsSecret
  }
}

extension CheckedExpression.Segment {
  fileprivate var expression: CheckedExpression? {
    if case .expression(let expression) = self { expression } else { nil }
  }
}
