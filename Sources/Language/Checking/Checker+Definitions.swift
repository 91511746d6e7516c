import Text

/// Checks `def`, `use` and calls of definitions.
///
/// Definitions are macros: the checker replaces a call with the stages of its definition, so the
/// flow of columns, bounds and effects through them is checked like any other pipeline. Names in a
/// definition mean what they mean where it is written, never what its caller has bound; otherwise a
/// call could silently select other rows than its author intended.
extension Checker {
  /// The maximum number of stages that all calls in a script may expand to.
  static let maxExpandedStages = 20_000

  // MARK: Definitions

  mutating func define(_ definition: Definition) {
    claim(definition.name, as: .definition)
    let known = KnownDefinition(
      definition: definition,
      scope: DefinitionScope(variables: scope.variables, definitions: scope.definitions),
      isBroken: isBroken(definition))
    scope.definitions[definition.name.text] = known
    declared.append(
      Declaration(kind: .definition, name: definition.name, statement: definition.name.span))
  }

  /// Returns `true` iff the stages have an error for rows of any shape; such an error occurs in
  /// every call.
  private mutating func isBroken(_ definition: Definition) -> Bool {
    let (before, outer) = (diagnostics.count, scope)
    root = scope.variables
    bindParameters(of: definition)
    var flow = RowType(schema: .unknown, bound: .unbounded)
    var stages: [FlowingStage] = []
    for stage in definition.stages {
      append(stage, to: &stages, &flow, within: [definition.name])
    }
    scope = outer
    return diagnostics[before...].contains(where: \.isError)
  }

  private mutating func bindParameters(of definition: Definition) {
    var names: [String: SourceSpan] = [:]
    scope.lastResult = nil
    for parameter in definition.parameters {
      if names.updateValue(parameter.name.span, forKey: parameter.name.text) != nil {
        report(.duplicateColumn(parameter.name))
      }
      scope.variables[parameter.name.text] = Scope.Variable(parameter.type, isParameter: true)
      scope.variables[parameter.name.text]?.origin = parameter.name.span
      declared.append(
        Declaration(kind: .parameter, name: parameter.name, statement: parameter.name.span))
    }
  }

  // MARK: Calls

  /// Returns the stages that the call expands to; `within` contains the enclosing definitions.
  mutating func expand(
    _ call: Stage, _ arguments: [Expression], _ flow: inout RowType, within: [Name]
  ) -> [FlowingStage] {
    let before = flow
    let values = arguments.map { argument($0, in: nil) }
    guard let known = known(call.name, within: within), !known.isBroken,
      fits(values, known.definition, call), hasRoom(for: call)
    else {
      flow.schema = .unknown
      return [FlowingStage(input: before, written: call, checked: nil)]
    }
    return expand(known, values, call, &flow, within: within)
  }

  private mutating func expand(
    _ known: KnownDefinition, _ values: [CheckedExpression], _ call: Stage, _ flow: inout RowType,
    within: [Name]
  ) -> [FlowingStage] {
    let (outer, before, outerRebound) = (scope, diagnostics.count, rebound)
    defer {
      (scope, rebound) = (outer, outerRebound)
      for index in before..<diagnostics.count {
        diagnostics[index] = diagnostics[index].noting(call.name.span, "called here")
      }
    }
    scope.variables = known.scope.variables
    scope.definitions = known.scope.definitions
    rebound = names(reboundSince: known.scope)
    known.definition.parameters.forEach { rebound.remove($0.name.text) }
    for (parameter, value) in zip(known.definition.parameters, values) {
      scope.variables[parameter.name.text] = outer.parameter(parameter.type, value)
    }
    // As nested closures, this costs the optimizer seconds of every release build.
    var expanded: [FlowingStage] = []
    for stage in known.definition.stages {
      append(stage, to: &expanded, &flow, within: within + [call.name])
    }
    return expanded.map { stage in
      FlowingStage(
        input: stage.input, written: stage.written, checked: stage.checked?.called(at: call.span))
    }
  }

  /// Returns the variables whose meaning has changed since the definition was written; at a prompt,
  /// a name can be rebound.
  private func names(reboundSince earlier: DefinitionScope) -> Set<String> {
    Set(earlier.variables.lazy.filter { $0.value.origin != root[$0.key]?.origin }.map(\.key))
  }

  /// Returns `true` iff the script can still expand a call. Without a limit, definitions that call
  /// each other twice would grow exponentially.
  private mutating func hasRoom(for call: Stage) -> Bool { hasRoom(call.span) }

  /// Returns `true` iff the script can still expand an argument. One that is used twice in each of
  /// many definitions grows exponentially too.
  mutating func hasRoom(for variable: Scope.Variable, _ span: SourceSpan) -> Bool {
    expandedStages += (variable.argument?.size ?? 0) / 2
    return hasRoom(span)
  }

  private mutating func hasRoom(_ span: SourceSpan) -> Bool {
    guard expandedStages >= Self.maxExpandedStages else { return true }
    if !diagnostics.contains(where: { $0.code == Diagnostic.tooManyStagesCode }) {
      report(.tooManyStages(span))
    }
    return false
  }

  private mutating func known(_ name: Name, within: [Name]) -> KnownDefinition? {
    if let known = scope.definitions[name.text] {
      referred.insert(known.definition.name.span)
      return known
    }
    if within.contains(where: { $0.text == name.text }) {
      report(.recursive(name))
    } else if definedNames.contains(name.text) {
      report(.definedLater(name))
    } else if !used.hasFailed, !hasRefusedUse {
      let names = vocabulary.stages.map(\.name) + scope.definitions.names.sorted()
      report(.unknownStage(name, candidates: names))
    }
    return nil
  }

  private mutating func fits(
    _ values: [CheckedExpression], _ definition: Definition, _ call: Stage
  ) -> Bool {
    let before = diagnostics.count
    guard values.count == definition.parameters.count else {
      report(.wrongCount(call, definition, values.count))
      return false
    }
    for (value, parameter) in zip(values, definition.parameters)
    where !value.type.fits(parameter.type) {
      let what = "`\(parameter.name.text)` of `\(definition.name.text)`"
      report(
        .wrongType(value, wanted: parameter.type, of: what)
          .noting(parameter.name.span, "declared here"))
    }
    return diagnostics.count == before
  }

  // MARK: Files of definitions

  mutating func use(_ path: Name) {
    guard let file = used.paths[path.span] else { return }
    for (name, known) in definitions(of: file, named: path).sorted(by: { $0.key < $1.key }) {
      if scope.definitions[name]?.definition.name.span == known.definition.name.span { continue }
      claim(Name(text: name, span: path.span), as: .definition)
      scope.definitions[name] = known
    }
  }

  /// Checks the definitions of a file, once and in their own scope, and returns them.
  private mutating func definitions(of file: String, named path: Name)
    -> NameTable<KnownDefinition>
  {
    if let module = modules[file] { return module }
    let statements = used.scripts[file]?.statements ?? []
    var checker = self
    checker.scope.variables = NameTable()
    checker.scope.definitions = NameTable()
    checker.bound = [:]
    checker.definedNames = Set(statements.compactMap(\.definedName))
    for statement in statements { checker.module(statement, path) }
    for index in diagnostics.count..<checker.diagnostics.count {
      checker.diagnostics[index] = checker.diagnostics[index].noting(path.span, "used here")
    }
    var module = checker.scope.definitions
    module.keep { checker.definedNames.contains($0) }
    (diagnostics, modules) = (checker.diagnostics, checker.modules)
    confidential = checker.confidential
    variablesRead = checker.variablesRead
    expandedStages = checker.expandedStages
    modules[file] = module
    return module
  }

  private mutating func module(_ statement: Statement, _ path: Name) {
    switch statement.kind {
    case .definition(let definition): define(definition)
    case .use(let further): use(further)
    default: report(.notADefinition(statement.span))
    }
  }
}

extension Scope {
  /// Returns the variable that replaces a definition's parameter in a call: a value, or rows of the
  /// caller.
  fileprivate func parameter(_ type: ValueType, _ value: CheckedExpression) -> Variable {
    guard case .rows = value.type, case .variable(let name, _) = value.kind else {
      return Variable(type, argument: value, rows: nil)
    }
    return Variable(value.type, argument: value, rows: variables[name]?.rows)
  }
}

extension Statement {
  /// The name that a `def` binds.
  var definedName: String? {
    if case .definition(let definition) = kind { definition.name.text } else { nil }
  }
}

extension Diagnostic {
  fileprivate static func recursive(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0117", "`\(name.text)` calls itself", at: name.span, label: "inside its own definition",
      help: ["a definition can use only earlier ones, so that every script ends"])
  }

  fileprivate static func definedLater(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0117", "`\(name.text)` is used before its definition", at: name.span,
      label: "not defined yet", help: ["move its `def` above this line"])
  }

  fileprivate static let tooManyStagesCode = "C0307"

  fileprivate static func tooManyStages(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      tooManyStagesCode, "the definitions expand to too many stages", at: span,
      label: "more than \(Checker.maxExpandedStages) in the script",
      help: ["use fewer nested definitions"])
  }

  fileprivate static func wrongCount(_ call: Stage, _ definition: Definition, _ found: Int)
    -> Diagnostic
  {
    let parameters = definition.parameters.map { "\($0.name.text): \($0.type)" }
    let wanted = parameters.count
    return Diagnostic(
      "C0210",
      "`\(call.name.text)` takes \(wanted.counted("argument")), not \(found)",
      at: call.span, label: "\(found) given",
      help: ["call it as `\(call.name.text)(\(parameters.joined(separator: ", ")))`"]
    ).noting(definition.name.span, "defined here")
  }

  fileprivate static func notADefinition(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0506", "a file loaded with `use` can contain only definitions", at: span,
      label: "not a definition", help: ["move it to the script, or run the file on its own"])
  }
}
