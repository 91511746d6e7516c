/// A comparison that is true if a field is null, because it is negated.
///
/// In SQL, a comparison with null is never true, so `status != 'success'` skips rows without a
/// status. Here null is a value like any other, and the same condition keeps them. Before a write,
/// that is easily more than intended, so a script that doesn't test such a field for null gets a
/// warning.
struct NullAdmittingNegation {
  /// The expression to put in parentheses: the comparison, or the `not` around it.
  let whole: CheckedExpression
  let fields: Set<String>
  /// `true` iff the fields themselves are compared, not something computed from them.
  let isPlain: Bool

  /// The condition in brief, to follow a test for null: `id not in […]`, or `…`.
  var outline: String {
    guard case .comparison(.isNotIn, let element, _) = whole.kind,
      case .field(_, let name) = element.kind
    else { return "…" }
    return "\(name) not in […]"
  }
}

extension CheckedExpression {
  /// Returns the negated comparisons of nullable fields that aren't tested for null.
  func negatedNullables() -> [NullAdmittingNegation] {
    let found = negatedNullables(isNegated: false, whole: nil)
    guard !found.isEmpty else { return [] }
    let tested = testedForNull
    return found.filter { $0.fields.isDisjoint(with: tested) }
  }

  private func negatedNullables(isNegated: Bool, whole: CheckedExpression?)
    -> [NullAdmittingNegation]
  {
    switch kind {
    case .not(let operand):
      operand.negatedNullables(isNegated: !isNegated, whole: whole ?? self)
    case .logical(_, let operands):
      operands.flatMap { $0.negatedNullables(isNegated: isNegated, whole: whole) }
    case .conditional(_, let then, let other):
      [then, other].flatMap { $0.negatedNullables(isNegated: isNegated, whole: whole) }
    case .comparison(let comparison, let left, let right):
      isNegated == comparison.holdsForNull
        ? [] : negatedNullable(of: [left, right], whole: whole)
    case .matches(let text, _): isNegated ? negatedNullable(of: [text], whole: whole) : []
    case .between(let value, let low, let high):
      isNegated ? negatedNullable(of: [value, low, high], whole: whole) : []
    default: []
    }
  }

  private func negatedNullable(of sides: [CheckedExpression], whole: CheckedExpression?)
    -> [NullAdmittingNegation]
  {
    guard !sides.contains(where: \.isNull) else { return [] }
    let nullable = sides.filter { $0.isNullable && !$0.isList }
    let fields = nullable.reduce(into: Set()) { $0.formUnion($1.fieldsRead) }
    let isPlain = nullable.allSatisfy { if case .field = $0.kind { true } else { false } }
    return fields.isEmpty
      ? [] : [NullAdmittingNegation(whole: whole ?? self, fields: fields, isPlain: isPlain)]
  }

  /// The fields that are compared with `null` itself.
  private var testedForNull: Set<String> {
    if case .comparison(_, let left, let right) = kind, left.isNull || right.isNull {
      return fieldsRead
    }
    return operands.reduce(into: []) { $0.formUnion($1.testedForNull) }
  }

  var isNull: Bool { literal == .null }

  /// `true` iff the expression is a list; a null list counts as empty.
  private var isList: Bool { if case .list = type { true } else { false } }
}

extension ComparisonOperator {
  /// `true` iff the comparison is true if one side is null.
  fileprivate var holdsForNull: Bool { self == .notEqual || self == .isNotIn }
}

extension CheckedStage {
  /// The negated comparisons of the stage that are true when a field is null.
  var negatedNullables: [NullAdmittingNegation] {
    if case .predicate(let predicate) = arguments { predicate.negatedNullables() } else { [] }
  }
}
