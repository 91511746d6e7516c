import Text

/// Checks the arguments of function calls, and determines the types of their results.
extension Checker {
  mutating func call(
    _ name: Name, _ arguments: [Expression], in schema: Schema?, _ span: SourceSpan
  ) -> CheckedExpression {
    let checked = arguments.map { argument($0, in: schema) }
    recordContext(last: arguments, checked, of: name)
    guard let function = vocabulary.function(name.text) else {
      return fail(.unknownFunction(name, candidates: vocabulary.functions.map(\.name)))
    }
    guard checked.count == function.parameters.count else {
      return fail(.wrongArgumentCount(name, function, found: checked.count, span))
    }
    for (argument, parameter) in zip(checked, function.parameters) {
      require(argument, fits: parameter, of: function, first: checked[0])
    }
    noteVariable(name.text, checked)
    let (type, nullable) = result(of: function, checked)
    return CheckedExpression(.call(name.text, checked), type, nullable: nullable, span)
  }

  /// Records the type that the function requires for the argument being typed.
  private mutating func recordContext(
    last arguments: [Expression], _ checked: [CheckedExpression], of name: Name
  ) {
    guard completionContext != nil, let function = vocabulary.function(name.text),
      function.parameters.indices.contains(arguments.count - 1)
    else { return }
    let parameter = function.parameters[arguments.count - 1]
    recordContext(
      arguments.last, wanted: parameter.wanted(first: arguments.count > 1 ? checked[0] : nil))
  }

  private mutating func require(
    _ argument: CheckedExpression, fits parameter: FunctionSignature.Parameter,
    of function: FunctionSignature, first: CheckedExpression
  ) {
    refuseSecret(argument)
    let isKnown = argument.literal != nil || argument.isGiven
    if function.takesConstants, !isKnown, !argument.type.isUnknown {
      return report(.argumentNotConstant(argument, function))
    }
    if !parameter.accepts(argument.type, first: first.type) {
      report(.wrongArgument(argument, parameter, function))
    }
  }

  private func result(of function: FunctionSignature, _ arguments: [CheckedExpression])
    -> (ValueType, Bool)
  {
    switch function.result {
    case .type(let type): (type, arguments.contains(where: \.isNullable) && function.passesNull)
    case .first: (arguments.first?.type ?? .unknown, arguments.contains(where: \.isNullable))
    }
  }
}

extension FunctionSignature {
  /// `true` iff the result is null if an argument is. A function of values of several types has a
  /// value even then: `empty(null)` is true.
  fileprivate var passesNull: Bool {
    parameters.contains { if case .type = $0 { true } else { false } }
  }
}

extension FunctionSignature.Parameter {
  fileprivate func wanted(first: CheckedExpression?) -> CompletionContext.Wanted {
    switch self {
    case .type(let type): .type(type)
    case .anyOf(let types): .anyOf(types)
    case .anything: .anything
    case .ordered: first.map { .type($0.type) } ?? .ordered
    case .rows: .rows
    }
  }

  fileprivate func accepts(_ type: ValueType, first: ValueType) -> Bool {
    switch self {
    case .type(let wanted): type.fits(wanted)
    case .anyOf(let wanted): wanted.contains { type.fits($0) }
    case .anything: if case .rows = type { false } else { true }
    case .ordered: type.isOrdered && type.fits(first)
    case .rows: type.isCountable
    }
  }

  fileprivate var description: String {
    switch self {
    case .type(let type): type.withArticle
    case .anyOf(let types): types.map(\.withArticle).joined(separator: " or ")
    case .anything: "a value"
    case .ordered: "values of one sortable type"
    case .rows: "rows or a list"
    }
  }
}

extension ValueType {
  fileprivate var isCountable: Bool {
    switch self {
    case .rows, .list, .unknown, .null: true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownFunction(_ name: Name, candidates: [String]) -> Diagnostic {
    let foreign = ForeignTable.functions.named(name.text)
    return Diagnostic(
      "C0112", "unknown function `\(name.text)`", at: name.span, label: "no such function",
      help: foreign.map { [$0.help] }
        ?? suggestion(for: name.text, among: candidates)
        ?? ["the functions are \(candidates.joined(separator: ", "))"],
      fix: foreign.map { spelling in spelling.meant.map { Fix(name.span, $0) } }
        ?? guess(name, among: candidates))
  }

  fileprivate static func wrongArgumentCount(
    _ name: Name, _ function: FunctionSignature, found: Int, _ span: SourceSpan
  ) -> Diagnostic {
    let wanted = function.parameters.count
    return Diagnostic(
      "C0210", "`\(name.text)` takes \(wanted.counted("argument")), not \(found)",
      at: span, label: "\(found) given", help: ["for example `\(function.example.call)`"])
  }

  fileprivate static func wrongArgument(
    _ argument: CheckedExpression, _ parameter: FunctionSignature.Parameter,
    _ function: FunctionSignature
  ) -> Diagnostic {
    Diagnostic(
      "C0201",
      "`\(function.name)` needs \(parameter.description), not \(argument.type.withArticle)",
      at: argument.span, label: "this is \(argument.type.withArticle)",
      help: ["for example `\(function.example.call)`"])
  }

  fileprivate static func argumentNotConstant(
    _ argument: CheckedExpression, _ function: FunctionSignature
  ) -> Diagnostic {
    Diagnostic(
      "C0211", "the argument of `\(function.name)` must be known before the run",
      at: argument.span, label: "computed during the run", help: ["write it in quotes"])
  }
}
