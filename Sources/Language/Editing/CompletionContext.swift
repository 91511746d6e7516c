/// The checker's knowledge at the cursor.
struct CompletionContext: Sendable {
  let cursor: Int
  /// The expressions whose types are needed.
  let operandSpans: Set<SourceSpan>
  /// The names in scope at the cursor; `nil` if the checker didn't reach it.
  private(set) var scope: Scope?
  /// The columns of the rows at the cursor; `nil` if there is no row.
  private(set) var schema: Schema?
  /// The type of the input rows of the stage at the cursor.
  private(set) var flow: RowType?
  private(set) var wanted = Wanted.anything
  /// The field that the value at the cursor is compared with or assigned to.
  private(set) var field: String?
  /// The columns that are already named and can't be named again.
  private(set) var takenColumns: Set<String> = []
  private(set) var operands: [SourceSpan: CheckedExpression] = [:]

  init(cursor: Int, operandSpans: Set<SourceSpan>) {
    self.cursor = cursor
    self.operandSpans = operandSpans
  }

  /// The requirement for a value at the cursor.
  enum Wanted: Hashable, Sendable {
    case anything
    case type(ValueType)
    /// A number that is usually written out: no function is offered.
    case number
    /// A value that can be compared with one of this type.
    case comparable(ValueType)
    case anyOf([ValueType])
    /// A value that `sort` can order.
    case sortable
    case ordered
    /// Rows or a list.
    case rows
  }

  /// Returns `true` iff the span is that of the placeholder at the cursor.
  func isHere(_ span: SourceSpan) -> Bool { span.start == cursor }

  /// Returns `true` iff the expression is the placeholder at the cursor.
  func isHere(_ expression: Expression) -> Bool {
    if case .invalid = expression.kind { isHere(expression.span) } else { false }
  }
}

/// Records what is known at the cursor; does nothing without a cursor.
extension Checker {
  /// Checks a text that is being typed, and returns what is known at the cursor.
  static func completionContext(
    _ completionContext: CompletionContext, of script: Script, in surroundings: Surroundings
  ) -> CompletionContext {
    var checker = Checker(surroundings)
    checker.completionContext = completionContext
    checker.check(script)
    return checker.completionContext ?? completionContext
  }

  mutating func recordContext(_ span: SourceSpan, schema: Schema?) {
    guard completionContext?.isHere(span) == true else { return }
    completionContext?.see(scope, schema)
  }

  mutating func recordContext(stage: Stage, _ flow: RowType) {
    guard completionContext?.isHere(stage.span) == true else { return }
    completionContext?.see(scope, flow)
  }

  /// Records the requirement for the expression, if it is at the cursor.
  mutating func recordContext(
    _ expression: Expression?, wanted: @autoclosure () -> CompletionContext.Wanted,
    field: String? = nil
  ) {
    guard let expression, completionContext?.isHere(expression) == true else { return }
    completionContext?.want(wanted(), field)
  }

  /// Records what a side of a comparison is compared with, if it is at the cursor.
  mutating func recordContext(
    _ side: Expression, comparedBy comparison: ComparisonOperator, with other: CheckedExpression
  ) {
    guard completionContext != nil else { return }
    let field = other.fieldName
    switch (comparison.operands, other.type) {
    case (.elementOfList, _):
      guard case .list(let elements) = side.kind else {
        return recordContext(side, wanted: .type(.list(other.type)), field: field)
      }
      recordContext(elements.last, wanted: .comparable(other.type), field: field)
    case (.listAndElement, .list(let element)):
      recordContext(side, wanted: .comparable(element), field: field)
    case (.lists, .list(let element)):
      guard case .list(let elements) = side.kind else {
        return recordContext(side, wanted: .type(other.type), field: field)
      }
      recordContext(elements.last, wanted: .comparable(element), field: field)
    case (.text, _): recordContext(side, wanted: .type(.string), field: field)
    case (.ordered, _): recordContext(side, wanted: .type(other.type), field: field)
    default: recordContext(side, wanted: .comparable(other.type), field: field)
    }
  }

  mutating func recordContext(taken columns: Set<String>, _ column: Column) {
    guard completionContext?.isHere(column.value) == true else { return }
    completionContext?.take(columns)
  }

  mutating func recordContext(operand checked: CheckedExpression, of span: SourceSpan) {
    guard completionContext?.operandSpans.contains(span) == true else { return }
    completionContext?.see(checked, of: span)
  }
}

extension CompletionContext {
  fileprivate mutating func see(_ scope: Scope, _ schema: Schema?) {
    self.scope = scope
    self.schema = schema
  }

  fileprivate mutating func see(_ scope: Scope, _ flow: RowType) {
    self.scope = scope
    self.flow = flow
    schema = flow.schema
  }

  fileprivate mutating func see(_ operand: CheckedExpression, of span: SourceSpan) {
    operands[span] = operand
  }

  fileprivate mutating func want(_ wanted: Wanted, _ field: String?) {
    self.wanted = wanted
    self.field = field
  }

  fileprivate mutating func take(_ columns: Set<String>) { takenColumns = columns }
}

extension CheckedExpression {
  /// The column name, if the expression is just a column.
  var fieldName: String? {
    switch kind {
    case .field(_, let name), .rowField(_, _, let name): name
    default: nil
    }
  }
}
