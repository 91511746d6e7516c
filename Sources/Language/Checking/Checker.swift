/// Proves a script's names, types, effects and bounds before anything is done.
///
/// Every independent error is reported; what follows from a broken part is not.
package struct Checker {
  let vocabulary: Vocabulary
  let used: UsedFiles
  var scope: Scope
  var diagnostics: [Diagnostic] = []
  /// The names that this text binds; those of earlier texts of a prompt may be bound anew.
  var bound: [String: SourceSpan] = [:]
  /// The names that something refers to, by their places.
  var referred: Set<SourceSpan> = []
  /// The names that should be referred to.
  var declared: [Declaration] = []
  /// The literals that go into confidential fields by way of names.
  var confidential: [SourceSpan] = []
  /// The variables around the pipeline at hand, outside of all definitions.
  var root: [String: Scope.Variable] = [:]
  /// The variables that a definition at hand meant otherwise than its caller.
  var rebound: Set<String> = []
  /// `true` iff a `use` stands where it has no effect.
  var hasRefusedUse = false
  /// How often the statement at hand is carried out: more than once in a loop.
  var rounds = RowBound.atMost(1)
  /// How many stages the calls of definitions have stood for so far.
  var expandedStages = 0
  /// The names that the text defines, also those of later definitions.
  var definedNames: Set<String> = []
  /// What is to be known where a person types, if the text is one that is being typed.
  var completionContext: CompletionContext?
  /// The definitions of files that `use` names, by the files' paths.
  var modules: [String: [String: KnownDefinition]] = [:]

  package struct Output: Sendable {
    /// `nil` iff there is an error.
    package let script: CheckedScript?
    package let diagnostics: [Diagnostic]
    let confidential: [SourceSpan]
    /// The scope behind the script.
    package let scope: Scope
  }

  /// What a check starts from, beside the script.
  struct Surroundings {
    let vocabulary: Vocabulary
    let scope: Scope
    var used = UsedFiles()
    /// The values that the command line gives to parameters.
    var given: [String: Literal] = [:]
    /// `true` iff nothing follows the script that could use its names.
    var isWhole = false
  }

  static func check(_ script: Script, in surroundings: Surroundings) -> Output {
    var checker = Checker(surroundings)
    let checked = checker.check(script, given: surroundings.given)
    let failed = checker.diagnostics.contains(where: \.isError)
    if surroundings.isWhole, !failed, !script.isLibrary { checker.reportUnused() }
    return Output(
      script: failed ? nil : checked, diagnostics: checker.diagnostics,
      confidential: checker.confidential, scope: checker.scope)
  }

  /// Checks a predicate over connections that stands alone, without variables or files.
  static func predicate(_ expression: Expression, _ vocabulary: Vocabulary)
    -> (checked: CheckedExpression, diagnostics: [Diagnostic])
  {
    let scope = Scope(files: { _ in .problem("no files here") })
    var checker = Checker(Surroundings(vocabulary: vocabulary, scope: scope))
    let checked = checker.predicate(expression, in: .connections)
    return (checked, checker.diagnostics)
  }

  @discardableResult
  mutating func check(_ script: Script, given: [String: Literal] = [:]) -> CheckedScript {
    definedNames = Set(script.statements.compactMap(\.definedName))
    return self.script(script, given: given)
  }

  init(_ surroundings: Surroundings) {
    vocabulary = surroundings.vocabulary
    used = surroundings.used
    scope = surroundings.scope
  }

  // MARK: Statements

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

  /// Returns `nil` for what is nothing to carry out.
  mutating func statement(_ statement: Statement) -> CheckedStatement? {
    switch statement.kind {
    case .parameter: return nil
    case .definition(let definition): define(definition)
    case .use(let path): use(path)
    case .letExpression(let name, let expression):
      return letExpression(name, expression, statement.span)
    case .letPipeline(let name, let pipeline): return letPipeline(name, pipeline, statement.span)
    case .print(let expression): return print(expression)
    case .loop(let loop): return self.loop(loop, statement.span)
    case .branch(let branch): return self.branch(branch)
    case .profile: report(.onlyInConfiguration("profile", statement.span))
    case .defaultProfile: report(.onlyInConfiguration("default", statement.span))
    case .pipeline(let pipeline):
      let (checked, doubts) = self.pipeline(pipeline)
      scope.lastResult = KnownRows(
        flow: checked.flow, doubts: doubts, negatedNullables: checked.negatedNullables)
      return .pipeline(checked)
    }
    return nil
  }

  private mutating func letExpression(_ name: Name, _ expression: Expression, _ span: SourceSpan)
    -> CheckedStatement
  {
    let value = constant(expression)
    bind(name, Scope.Variable(value.type, nullable: value.isNullable, known: value.literal))
    scope.variables[name.text]?.value = value
    scope.variables[name.text]?.written = value
    declared.append(Declaration(kind: .value, name: name, statement: span))
    doubtCredential(expression, key: name.text)
    return .letExpression(name.text, value)
  }

  private mutating func letPipeline(_ name: Name, _ pipeline: Pipeline, _ span: SourceSpan)
    -> CheckedStatement
  {
    let (checked, doubts) = self.pipeline(pipeline)
    let rows = KnownRows(
      flow: checked.flow, doubts: doubts, negatedNullables: checked.negatedNullables)
    bind(name, Scope.Variable(.rows(checked.schema), rows: rows))
    declared.append(Declaration(kind: .rows(pipeline.span), name: name, statement: span))
    return .letPipeline(name.text, checked)
  }

  private mutating func print(_ expression: Expression) -> CheckedStatement {
    let value = constant(expression)
    refuseSecret(value)
    return .print(value)
  }

  mutating func bind(_ name: Name, _ variable: Scope.Variable) {
    claim(name, as: .variable)
    scope.variables[name.text] = variable
    scope.variables[name.text]?.origin = name.span
  }

  /// Variables and definitions never clash: `$x` is one, `x()` the other.
  enum Claim: String { case variable = "$", definition = "" }

  /// Reports a name that this text binds already.
  mutating func claim(_ name: Name, as claim: Claim) {
    let key = claim.rawValue + name.text
    if let before = bound[key] { report(.boundTwice(name, before)) }
    bound[key] = name.span
  }

  // MARK: Parameters

  private mutating func parameter(_ declaration: ParameterDeclaration, given: Literal?)
    -> CheckedParameter
  {
    if case .rows = declaration.type { report(.rowsFromCommandLine(declaration.name)) }
    let value = declaration.defaultValue.map { constant($0) }
    note(declaration.defaultValue, wanted: .type(declaration.type))
    if let value { require(value, fits: declaration.type, of: "the parameter") }
    if let written = declaration.defaultValue {
      doubtCredential(written, key: declaration.name.text)
    }
    let isNullable = value?.isNullable ?? false
    let known = given ?? value?.literal
    bind(
      declaration.name,
      Scope.Variable(declaration.type, nullable: isNullable, known: known, isParameter: true))
    declared.append(
      Declaration(kind: .parameter, name: declaration.name, statement: declaration.name.span))
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
    doubtConstants(checked)
    return checked
  }
}

extension Diagnostic {
  fileprivate static func onlyInConfiguration(_ word: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0601", "`\(word)` belongs into the configuration",
      at: SourceSpan(span.start, span.start + word.utf8.count), label: "not in a script",
      help: ["move it to `$XDG_CONFIG_HOME/conn/config.conn`, or `~/.config/conn/config.conn`"])
  }

  fileprivate static func boundTwice(_ name: Name, _ before: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0108", "`\(name.text)` is bound twice", at: name.span, label: "bound again",
      help: ["a name is bound once; choose another"]
    ).noting(before, "bound here")
  }

  fileprivate static func rowsFromCommandLine(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0216", "a parameter of the script cannot be rows", at: name.span,
      label: "given on the command line", help: ["read them from a file: `from $\(name.text)`"])
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
    case (.string, .bool): ["write `true` or `false` without quotes"]
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
