/// Checks the names, types, effects and bounds of a script before anything runs.
///
/// Every independent error is reported; errors that only follow from another one are not.
package struct Checker {
  let vocabulary: Vocabulary
  let used: UsedFiles
  var scope: Scope
  var diagnostics: [Diagnostic] = []
  /// The names bound by this text. At a prompt, names of earlier texts may be rebound.
  var bound: [BoundName: SourceSpan] = [:]
  /// The used names, by the spans of their declarations.
  var referred: Set<SourceSpan> = []
  /// The declared names, which should be used.
  var declared: [Declaration] = []
  /// The literals that reach confidential fields through variables.
  var confidential: [SourceSpan] = []
  /// The environment variables that the text reads.
  var variablesRead = VariablesRead()
  /// The variables around the current pipeline, outside of all definitions.
  var root = NameTable<Scope.Variable>()
  /// The variables that have been rebound since the current definition was written.
  var rebound: Set<String> = []
  /// `true` iff a `use` was rejected because it is in a block.
  var hasRefusedUse = false
  /// The number of times the current statement runs; more than once in a loop.
  var rounds = RowBound.atMost(1)
  /// The number of stages that the calls of definitions have expanded to so far.
  var expandedStages = 0
  /// The names of all definitions in the text, including later ones.
  var definedNames: Set<String> = []
  /// The facts needed for completion at the cursor, if the text is being typed.
  var completionContext: CompletionContext?
  private var reported: [Diagnostic.Severity: Int] = [:]
  /// The definitions of files loaded with `use`, by path.
  var modules: [String: NameTable<KnownDefinition>] = [:]

  package struct Output: Sendable {
    /// `nil` iff there is an error.
    package let script: CheckedScript?
    package let diagnostics: [Diagnostic]
    let confidential: [SourceSpan]
    /// The scope after the script.
    package let scope: Scope
  }

  /// The input of a check besides the script.
  struct Surroundings {
    let vocabulary: Vocabulary
    let scope: Scope
    var used = UsedFiles()
    /// The parameter values from the command line.
    var given: [String: Literal] = [:]
    /// `true` iff no later text can use the names of the script.
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

  /// Checks a standalone predicate over connections, without variables or files.
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
    let checked = self.script(script, given: given)
    refusePlainSecrets()
    return checked
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
    statements.reserveCapacity(script.statements.count)
    for statement in script.statements {
      if case .parameter(let declaration) = statement.kind {
        parameters.append(parameter(declaration, given: given[declaration.name.text]))
      } else if let checked = self.statement(statement) {
        statements.append(checked)
      }
    }
    return CheckedScript(parameters: parameters, statements: statements)
  }

  /// Checks a statement; returns `nil` if there is nothing to run.
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
    case .test(let test): refuse(test, statement.span)
    case .pipeline(let pipeline):
      let (checked, doubts) = self.pipeline(pipeline)
      scope.lastResult = KnownRows(
        flow: checked.flow, doubts: doubts, negatedNullables: checked.negatedNullables)
      return .pipeline(checked)
    }
    return nil
  }

  /// Reports the first test only, since the others are as wrong. In a text that is being typed, its
  /// values are checked for the sake of completion.
  private mutating func refuse(_ test: SettingsBlock, _ span: SourceSpan) {
    if completionContext != nil { test.settings.forEach { _ = constant($0.value) } }
    let refusal = Diagnostic.onlyInTestFile(span)
    if !diagnostics.contains(where: { $0.code == refusal.code }) { report(refusal) }
  }

  private mutating func letExpression(_ name: Name, _ expression: Expression, _ span: SourceSpan)
    -> CheckedStatement
  {
    let value = constant(expression)
    var variable = Scope.Variable(value.type, nullable: value.isNullable, known: value.literal)
    variable.holdsSecret = value.holdsSecret
    variable.written = value
    variable.isLet = true
    bind(name, variable)
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
    var variable = variable
    variable.origin = name.span
    scope.variables[name.text] = variable
  }

  /// The kind of a name. Variables and definitions never clash: `$x` is a variable, `x()` a
  /// definition.
  enum Claim { case variable, definition }

  struct BoundName: Hashable {
    let kind: Claim
    let text: String
  }

  /// Records a name, and reports it if this text has already bound it.
  mutating func claim(_ name: Name, as kind: Claim) {
    let before = bound.updateValue(name.span, forKey: BoundName(kind: kind, text: name.text))
    if let before { report(.boundTwice(name, before)) }
  }

  // MARK: Parameters

  private mutating func parameter(_ declaration: ParameterDeclaration, given: Literal?)
    -> CheckedParameter
  {
    if case .rows = declaration.type { report(.rowsFromCommandLine(declaration.name)) }
    let value = declaration.defaultValue.map { constant($0) }
    recordContext(declaration.defaultValue, wanted: .type(declaration.type))
    if let value { require(value, fits: declaration.type, of: "the parameter") }
    if let written = declaration.defaultValue {
      doubtCredential(written, key: declaration.name.text)
    }
    if declaration.type == .secret, case .string(let place)? = given {
      noteSecret(place, declaration.name.span)
    }
    let isNullable = value?.isNullable ?? false
    let known = given ?? value?.literal
    bind(
      declaration.name,
      Scope.Variable(declaration.type, nullable: isNullable, known: known, isParameter: true))
    if value?.holdsSecret == true { scope.variables[declaration.name.text]?.holdsSecret = true }
    declared.append(
      Declaration(kind: .parameter, name: declaration.name, statement: declaration.name.span))
    return CheckedParameter(
      name: declaration.name.text, type: declaration.type, defaultValue: value, given: given,
      documentation: declaration.documentation, span: declaration.name.span)
  }

  // MARK: Shared with the extensions

  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    reported[diagnostic.severity, default: 0] += 1
  }

  /// Returns `true` iff so many problems were found that more of them needn't be described. The
  /// search for similar names would take too long.
  func hasMany(_ severity: Diagnostic.Severity) -> Bool {
    reported[severity, default: 0] > 10 * Analysis.limit
  }

  /// Reports `value` if it doesn't have the type `type`, or holds a secret that the type can't hold.
  mutating func require(_ value: CheckedExpression, fits type: ValueType, of what: String) {
    if !type.admitsSecret, value.type != .secret { refuseSecret(value) }
    guard !value.type.fits(type) else { return }
    report(.wrongType(value, wanted: type, of: what))
  }

  /// Checks an expression without a row.
  mutating func constant(_ expression: Expression) -> CheckedExpression {
    self.expression(expression, in: nil)
  }

  /// Checks a predicate over rows of `schema`.
  mutating func predicate(_ expression: Expression, in schema: Schema) -> CheckedExpression {
    let checked = self.expression(expression, in: schema)
    if checked.type != .bool, !checked.type.isUnknown { report(.notAPredicate(checked)) }
    refuseSecret(checked)
    doubtConstants(checked)
    return checked
  }
}

extension Diagnostic {
  fileprivate static func onlyInConfiguration(_ word: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0601", "`\(word)` belongs in the configuration",
      at: SourceSpan(span.start, span.start + word.utf8.count), label: "not in a script",
      help: ["move it to `$XDG_CONFIG_HOME/conn/config.conn`, or `~/.config/conn/config.conn`"])
  }

  fileprivate static func onlyInTestFile(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0701", "`test` belongs in a test file", at: SourceSpan(span.start, span.start + 4),
      label: "not in a script",
      help: ["`conn test` runs the tests in files whose names end in `_test.conn`"])
  }

  fileprivate static func boundTwice(_ name: Name, _ before: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0108", "`\(name.text)` is bound twice", at: name.span, label: "bound again",
      help: ["a name can be bound only once; choose another"]
    ).noting(before, "first bound here")
  }

  fileprivate static func rowsFromCommandLine(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0216", "a script parameter can't have the type `rows`", at: name.span,
      label: "set on the command line", help: ["read the rows from a file: `from $\(name.text)`"])
  }

  static func wrongType(_ value: CheckedExpression, wanted: ValueType, of what: String)
    -> Diagnostic
  {
    Diagnostic(
      "C0201", "\(what) must be \(wanted.withArticle), not \(value.type.withArticle)",
      at: value.span, label: "this is \(value.type.withArticle)",
      help: conversionHelp(from: value, to: wanted))
  }

  fileprivate static func notAPredicate(_ value: CheckedExpression) -> Diagnostic {
    let help =
      switch value.type {
      case .list: ["compare it: `… has \"x\"`, or `not empty(…)`"]
      case .json: ["compare it: `… == true`"]
      default: ["compare it with a value: `… == …`"]
      }
    return Diagnostic(
      "C0202", "a condition must be true or false, not \(value.type.withArticle)", at: value.span,
      label: "this is \(value.type.withArticle)", help: help)
  }

  /// Returns help on how to write the value that was probably meant.
  static func conversionHelp(from value: CheckedExpression, to wanted: ValueType) -> [String] {
    switch (value.type, wanted) {
    case (.string, .timestamp): ["write a date as `@2026-01-31` or `@2026-01-31T10:00:00Z`"]
    case (.string, .int): ["write a number without quotes"]
    case (.string, .bool): ["write `true` or `false` without quotes"]
    case (.string, .duration): ["write a duration as `90d`, without quotes"]
    case (.duration, .timestamp): ["for the time that long ago, write `ago(…)`"]
    case (.int, .duration): ["a duration needs a unit: `90d`, `36h`"]
    case (.int, .string), (.timestamp, .string): ["write it as text: `f\"{…}\"` or in quotes"]
    case (let element, .list(let wanted)) where element.fits(wanted):
      ["write a list: `[…]`"]
    default: []
    }
  }
}
