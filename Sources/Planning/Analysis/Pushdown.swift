import API
import Evaluation
import Language

/// Which parts of a pipeline's filters the server can be asked to apply.
///
/// What is pushed selects a superset; every predicate is evaluated again here. A pipeline that
/// writes pushes no filter, so that guards see the whole workspace: one call either way.
package struct Pushdown: Sendable {
  package let query: ListQuery
  /// Each condition of the leading `where`s, in the order of the text.
  package let conditions: [Condition]

  /// Where one condition is decided.
  package struct Condition: Sendable {
    package let span: SourceSpan
    package let place: Place

    package enum Place: Sendable {
      /// Asked of the server with this parameter, and decided again here.
      case server(String)
      /// Decided here alone, because …
      case here(String)
    }
  }

  /// `needsTags`: whether the guards of a write read the tags.
  package init(
    _ pipeline: CheckedPipeline, _ evaluator: Evaluator, allowed: Bool, needsTags: Bool = false
  ) {
    var query = ListQuery()
    if case .list(let withRuntime) = pipeline.source.kind {
      query.includesRuntimeConnections = withRuntime
    }
    query.includesTags = pipeline.readsTags || (needsTags && pipeline.writes)
    let narrowing = Self.narrowing(pipeline, allowed: allowed)
    var conditions: [Condition] = []
    for conjunct in pipeline.leadingConjuncts {
      let place = narrowing.map { Condition.Place.here($0) } ?? query.push(conjunct, evaluator)
      conditions.append(Condition(span: conjunct.span, place: place))
    }
    self.query = query
    self.conditions = conditions
  }

  /// Why nothing is pushed, or `nil` where it may be.
  private static func narrowing(_ pipeline: CheckedPipeline, allowed: Bool) -> String? {
    if !allowed { return "pushdown is off" }
    if pipeline.writes { return "a pipeline that writes reads the whole list" }
    guard case .list = pipeline.source.kind else { return "the source is not a list" }
    return nil
  }
}

extension ListQuery {
  /// Takes a condition into the query where the API has a parameter for it.
  mutating func push(_ condition: CheckedExpression, _ evaluator: Evaluator)
    -> Pushdown.Condition.Place
  {
    guard case .comparison(let comparison, let left, let right) = condition.kind,
      case .field(_, let name) = left.kind, let field = Field.named(name)
    else { return .here("the API has no parameter for it") }
    guard right.isConstant, let value = try? evaluator.constant(right) else {
      return .here("its value differs from row to row, or is not known yet")
    }
    return push(field, comparison, value)
  }

  private mutating func push(_ field: Field, _ comparison: ComparisonOperator, _ value: Value)
    -> Pushdown.Condition.Place
  {
    switch (field.pushdown, comparison) {
    case (.equality, .equal): equality(field.name, value)
    case (.updatedAfter, .greater), (.updatedAfter, .greaterOrEqual): after(value)
    case (.equality, _): .here("the API asks for equality with `\(field.name)` only")
    case (.updatedAfter, _): .here("the API asks for later than an instant only")
    case (.includesTags, _): .here("the API has no parameter for it; the tags come along")
    case (nil, _): .here("the API has no parameter for `\(field.name)`")
    }
  }

  private mutating func equality(_ name: String, _ value: Value) -> Pushdown.Condition.Place {
    switch (name, value.unwrapped) {
    case ("folder_id", .int(let id)) where folderID == nil: folderID = id
    case ("parent_id", .int(let id)) where parentID == nil: parentID = id
    case ("external_id", .string(let text)) where externalID == nil && !text.isEmpty:
      externalID = text
    default: return .here("the parameter cannot carry the value")
    }
    return .server(name)
  }

  /// The parameter has whole seconds, and whether it includes its instant is not said: a second
  /// earlier keeps a superset in any case.
  private mutating func after(_ value: Value) -> Pushdown.Condition.Place {
    guard case .timestamp(let instant) = value, updatedAfter == nil else {
      return .here("the parameter is used already")
    }
    let second: Int64 = 1_000_000
    let earlier = instant.microseconds &- second
    guard earlier > -62_000_000_000_000_000, earlier < instant.microseconds else {
      return .here("the instant is out of range")
    }
    updatedAfter = Timestamp(microseconds: earlier).iso8601Seconds
    return .server("updated_after")
  }
}

extension CheckedPipeline {
  /// `true` iff the workspace is listed.
  package var lists: Bool {
    switch source.kind {
    case .list, .get: true
    default: false
    }
  }

  /// The conditions that every row must satisfy before any other stage: the operands of `and` in
  /// the `where`s that follow the source.
  package var leadingConjuncts: [CheckedExpression] {
    var predicates: [CheckedExpression] = []
    for stage in stages {
      guard case .predicate(let predicate) = stage.arguments else { break }
      predicates.append(predicate)
    }
    return predicates.flatMap(\.conjuncts)
  }

  /// `true` iff a predicate, a stage or an output of whole rows reads the tags.
  var readsTags: Bool {
    let expressions = stages.flatMap(\.arguments.expressions)
    if expressions.contains(where: { $0.fieldsRead.contains("tags") }) { return true }
    if expressions.contains(where: { $0.fieldsRead.contains("raw") }) { return true }
    return handsOutWholeRows
  }

  /// Whole rows are handed out by `save`, `show`, and at the end of the pipeline; `diff` reads them.
  private var handsOutWholeRows: Bool {
    let outputs = stages.filter { $0.isOutput || $0.comparesRows }.map(\.input) + [schema]
    return outputs.contains { $0.areConnections && $0.slot(of: "tags") != nil }
  }
}

extension CheckedExpression {
  /// The operands of `and`, flattened.
  var conjuncts: [CheckedExpression] {
    if case .logical(.and, let operands) = kind { operands.flatMap(\.conjuncts) } else { [self] }
  }
}
