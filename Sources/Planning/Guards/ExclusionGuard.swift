import Evaluation
import Language

/// Refuses to write rows that were selected by excluding the elements of an empty list.
///
/// `id not in $done` keeps every row if `$done` is empty. A list is rarely meant to be empty when it
/// protects rows from a write: more often a file had no rows, or a parameter was forgotten. A
/// script that expects an empty list says so with `empty($done) or id not in $done`.
package struct ExclusionGuard: Sendable {
  /// The conditions that decide which rows the script writes, directly or through a variable.
  private var deciding: Set<SourceSpan> = []

  package init() {}

  package init(_ script: CheckedScript) {
    let reasons = SelectionReasons(script)
    for reason in reasons.writes.values { deciding.formUnion(reason.conditions) }
    for pipeline in script.statements.nested.compactMap(\.sourceOfWritingLoop) {
      deciding.formUnion(reasons.pipelines[pipeline.span]?.conditions ?? [])
    }
  }

  /// Throws with exit code 5 if a list that is already known before the run is empty. A branch may
  /// have tested a variable, so there only lists written in the text are known.
  package func check(_ statements: [CheckedStatement], _ environment: Environment)
    throws(RunError)
  {
    var known = environment
    for statement in statements {
      switch statement {
      case .letExpression(let name, let value):
        known.variables[name] = known.known(value).map { .value($0) } ?? .unknown
      case .letPipeline(let name, let pipeline):
        try check(pipeline, known)
        known.variables[name] = .unknown
      case .pipeline(let pipeline): try check(pipeline, known)
      case .loop(let loop): try check(loop, known)
      case .branch(let condition, let then, let other):
        try check(condition, deciding: then, or: other, known)
        try check(then + other, Environment(now: known.now, process: known.process))
      case .print: break
      }
    }
  }

  private func check(_ loop: CheckedLoop, _ environment: Environment) throws(RunError) {
    if case .pipeline(let pipeline) = loop.source { try check(pipeline, environment) }
    var known = environment
    known.variables[loop.variable] = .unknown
    try check(loop.body, known)
  }

  /// Throws with exit code 5 if the pipeline selects rows for a write by excluding the elements of
  /// an empty list. Lists that are not known yet are accepted.
  package func check(_ pipeline: CheckedPipeline, _ environment: Environment) throws(RunError) {
    for case .predicate(let predicate) in pipeline.stages.map(\.arguments)
    where deciding.contains(predicate.span) {
      try check(predicate.excludedLists(), of: predicate, environment)
    }
  }

  /// Throws with exit code 5 if the condition decides on a block that writes by excluding the elements
  /// of an empty list.
  package func check(
    _ condition: CheckedExpression, deciding then: [CheckedStatement],
    or other: [CheckedStatement], _ environment: Environment
  ) throws(RunError) {
    let lists = [(then, false), (other, true)].flatMap { block, isNegated in
      block.contains(where: \.writes) ? condition.excludedLists(isNegated: isNegated) : []
    }
    try check(lists, of: condition, environment)
  }

  private func check(
    _ lists: [CheckedExpression], of condition: CheckedExpression, _ environment: Environment
  ) throws(RunError) {
    let tested = condition.listsTestedForEmptiness
    for list in lists where !tested.contains(list.identity) {
      guard let value = environment.known(list), value.excludesNothing else { continue }
      throw .excludesNothing(list, value)
    }
  }
}

extension CheckedStatement {
  /// The pipeline that a loop with writes goes through, if the statement is one.
  fileprivate var sourceOfWritingLoop: CheckedPipeline? {
    guard case .loop(let loop) = self, loop.writes, case .pipeline(let pipeline) = loop.source
    else { return nil }
    return pipeline
  }
}

extension CheckedExpression {
  /// The lists whose elements the condition excludes, if they are the same for every row: those of
  /// `not in`, and those of `in`, `has` and `has any` under a `not`.
  fileprivate func excludedLists(isNegated: Bool = false) -> [CheckedExpression] {
    switch kind {
    case .not(let operand): operand.excludedLists(isNegated: !isNegated)
    case .logical(_, let operands): operands.flatMap { $0.excludedLists(isNegated: isNegated) }
    case .conditional(let condition, let then, let other):
      [then, other].flatMap { $0.excludedLists(isNegated: isNegated) }
        + (then.isNever(!isNegated) ? [] : condition.excludedLists())
        + (other.isNever(!isNegated) ? [] : condition.excludedLists(isNegated: true))
    case .comparison(.isNotIn, _, let list) where !isNegated && list.isConstant: [list]
    case .comparison(.isIn, _, let list) where isNegated && list.isConstant: [list]
    case .comparison(.hasAny, _, let list) where isNegated && list.isConstant: [list]
    case .comparison(.has, let list, _) where isNegated && list.isConstant: [list]
    default: []
    }
  }

  /// `true` iff the text determines that the condition doesn't have this value.
  private func isNever(_ value: Bool) -> Bool {
    switch literal {
    case .bool(let known): known != value
    case .null: value
    default: false
    }
  }

  /// The identities of the lists that the condition tests with `empty(…)`.
  fileprivate var listsTestedForEmptiness: Set<String> {
    if case .call("empty", let arguments) = kind { return Set(arguments.map(\.identity)) }
    return operands.reduce(into: []) { $0.formUnion($1.listsTestedForEmptiness) }
  }

  /// The spelling of a variable; for any other expression its place. An argument of a definition
  /// has the same place wherever the definition uses it.
  fileprivate var identity: String { variableName ?? "\(span)" }

  /// The spelling of a variable, or of a field of a row variable.
  fileprivate var variableName: String? {
    switch kind {
    case .variable(let name, _): "$\(name)"
    case .rowField(let name, _, let column): "$\(name).\(column)"
    default: nil
    }
  }
}

extension Value {
  /// `true` iff no value is an element of the list: it is empty, or contains only null.
  fileprivate var excludesNothing: Bool { elements?.allSatisfy(\.isNull) ?? isNull }
}

extension RunError {
  fileprivate static func excludesNothing(_ list: CheckedExpression, _ value: Value) -> RunError {
    let name = list.variableName.map { "`\($0)`" }
    let state = value.elements?.isEmpty == false ? "contains only null" : "is empty"
    return RunError(
      .guardRefused,
      "\(name ?? "the list") \(state), so this condition excludes nothing from the write",
      help: list.variableName.map {
        "check where the list comes from; if it may be empty, write `(empty(\($0)) or …)`"
      } ?? "write the values to exclude, or remove the condition", at: list.span)
  }
}
