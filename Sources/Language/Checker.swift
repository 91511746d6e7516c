/// Proves a script's names, types, effects and bounds before anything is done.
///
/// Every independent error is reported; what follows from a broken part is not.
package struct Checker {
  let vocabulary: Vocabulary
  var scope: Scope
  var diagnostics: [Diagnostic] = []

  package struct Output: Sendable {
    /// `nil` iff there is an error.
    package let script: CheckedScript?
    package let diagnostics: [Diagnostic]
    /// The scope behind the script.
    package let scope: Scope
  }

  /// Checks `script` in `scope`, with the values that the command line gives to parameters.
  package static func check(
    _ script: Script, vocabulary: Vocabulary, scope: Scope, given: [String: Literal] = [:]
  ) -> Output {
    var checker = Checker(vocabulary: vocabulary, scope: scope)
    let checked = checker.script(script, given: given)
    let failed = checker.diagnostics.contains(where: \.isError)
    return Output(
      script: failed ? nil : checked, diagnostics: checker.diagnostics, scope: checker.scope)
  }

  private mutating func script(_ script: Script, given: [String: Literal]) -> CheckedScript {
    var parameters: [CheckedParameter] = []
    var statements: [CheckedStatement] = []
    for statement in script.statements {
      if case .parameter(let declaration) = statement.kind {
        parameters.append(parameter(declaration, given: given[declaration.name.text]))
      } else if let checked = self.statement(statement) {
        statements.append(checked)
      }
    }
    return CheckedScript(parameters: parameters, statements: statements)
  }

  private mutating func statement(_ statement: Statement) -> CheckedStatement? {
    switch statement.kind {
    case .parameter: return nil
    case .letExpression(let name, let expression):
      let value = constant(expression)
      bind(name, Scope.Variable(value.type, nullable: value.isNullable, known: value.literal))
      return .letExpression(name.text, value)
    case .print(let expression):
      let value = constant(expression)
      refuseSecret(value)
      return .print(value)
    case .letPipeline(let name, let pipeline):
      let checked = self.pipeline(pipeline)
      bind(name, Scope.Variable(.rows(checked.schema)))
      return .letPipeline(name.text, checked)
    case .pipeline(let pipeline):
      let checked = self.pipeline(pipeline)
      scope.lastResult = checked.schema
      return .pipeline(checked)
    }
  }

  private mutating func bind(_ name: Name, _ variable: Scope.Variable) {
    if bound.contains(name.text) { report(.boundTwice(name)) }
    bound.insert(name.text)
    scope.variables[name.text] = variable
  }

  /// The names that this text binds; those of earlier texts of a session may be bound anew.
  private var bound: Set<String> = []

  private init(vocabulary: Vocabulary, scope: Scope) {
    self.vocabulary = vocabulary
    self.scope = scope
  }

  // MARK: Parameters

  private mutating func parameter(_ declaration: ParameterDeclaration, given: Literal?)
    -> CheckedParameter
  {
    let value = declaration.defaultValue.map { constant($0) }
    if let value { require(value, fits: declaration.type, of: "the parameter") }
    let isNullable = value?.isNullable ?? false
    let known = given ?? value?.literal
    bind(
      declaration.name,
      Scope.Variable(declaration.type, nullable: isNullable, known: known, isParameter: true))
    return CheckedParameter(
      name: declaration.name.text, type: declaration.type, defaultValue: value, given: given,
      documentation: declaration.documentation, span: declaration.name.span)
  }

  // MARK: Shared with the extensions

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reports where `value` cannot stand for a `type`.
  mutating func require(_ value: CheckedExpression, fits type: ValueType, of what: String) {
    guard !value.type.fits(type) else { return }
    report(.wrongType(value, wanted: type, of: what))
  }

  /// Checks an expression that no row is at hand for.
  mutating func constant(_ expression: Expression) -> CheckedExpression {
    self.expression(expression, in: nil)
  }

  /// Checks a predicate over rows of `schema`.
  mutating func predicate(_ expression: Expression, in schema: Schema) -> CheckedExpression {
    let checked = self.expression(expression, in: schema)
    if checked.type != .bool, !checked.type.isUnknown { report(.notAPredicate(checked)) }
    return checked
  }
}

extension Diagnostic {
  fileprivate static func boundTwice(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0108", "`\(name.text)` is bound twice", at: name.span, label: "bound before",
      help: ["a name is bound once; choose another"])
  }

  static func wrongType(_ value: CheckedExpression, wanted: ValueType, of what: String)
    -> Diagnostic
  {
    Diagnostic(
      "C0201", "\(what) is \(wanted.withArticle), not \(value.type.withArticle)", at: value.span,
      label: "this is \(value.type.withArticle)", help: conversionHelp(from: value, to: wanted))
  }

  fileprivate static func notAPredicate(_ value: CheckedExpression) -> Diagnostic {
    let help =
      switch value.type {
      case .list: ["compare it: `… has \"x\"`, or `not empty(…)`"]
      case .json: ["compare it: `… == true`"]
      default: ["compare it with a value: `… == …`"]
      }
    return Diagnostic(
      "C0202", "a predicate is true or false, not \(value.type.withArticle)", at: value.span,
      label: "this is \(value.type.withArticle)", help: help)
  }

  /// How a value of the wrong type is usually meant.
  static func conversionHelp(from value: CheckedExpression, to wanted: ValueType) -> [String] {
    switch (value.type, wanted) {
    case (.string, .timestamp): ["write a date as `@2026-01-31` or `@2026-01-31T10:00:00Z`"]
    case (.string, .int): ["write a number without quotes"]
    case (.string, .duration): ["write a duration as `90d`, without quotes"]
    case (.duration, .timestamp): ["the instant that long ago is `ago(…)`"]
    case (.int, .duration): ["a duration has a unit: `90d`, `36h`"]
    case (.int, .string), (.timestamp, .string): ["write it as text: `f\"{…}\"` or in quotes"]
    case (let element, .list(let wanted)) where element.fits(wanted):
      ["write a list: `[…]`"]
    default: []
    }
  }
}
