/// Candidates for values, and for operators after a value.
extension CompletionProvider {
  // MARK: Values

  /// The names of values, and `true`, `false` and `null`: first if a value is compared or assigned,
  /// since it is usually written out.
  var values: [Candidate] {
    let names =
      fields(of: completionContext.schema).filter {
        !completionContext.takenColumns.contains($0.text)
      } + variables { completionContext.wanted.accepts($0) } + functions
    return completionContext.field == nil ? names + literals : literals + names
  }

  /// Returns the columns of a suitable type; if the columns are unknown, those of a connection.
  func fields(of schema: Schema?) -> [Candidate] {
    guard let schema = schema?.isOpen == true ? .connections : schema else { return [] }
    let columns = schema.columns.filter { completionContext.wanted.accepts($0.type) }
    let aliases = columns.compactMap { column in
      schema.areConnections
        ? Field.named(column.name)?.alias.map {
          Candidate($0, .field, "alias of `\(column.name)`")
        } : nil
    }
    return columns.map { Candidate($0.name, .field, $0.detail(schema)) } + aliases
  }

  func isRows(_ type: ValueType) -> Bool { if case .rows = type { true } else { false } }

  /// Returns the variables of suitable types. A variable that holds a row is offered with the dot
  /// that precedes a field.
  func variables(_ isWanted: (ValueType) -> Bool) -> [Candidate] {
    let offered = scope.variables.filter { name, variable in
      if case .row = variable.type { return !name.isEmpty && completionContext.wanted != .rows }
      return !name.isEmpty && isWanted(variable.type)
    }
    return offered.sorted { $0.key < $1.key }.map { name, variable in
      let isRow = if case .row = variable.type { true } else { false }
      return Candidate(isRow ? "$\(name)." : "$\(name)", .variable, variable.type.description)
    }
  }

  private var functions: [Candidate] {
    if case .number = completionContext.wanted { return [] }
    return vocabulary.functions.filter { function in
      switch function.result {
      case .type(let type): completionContext.wanted.accepts(type)
      case .first: completionContext.wanted.acceptsOrdered
      }
    }.map { function in
      let call = function.parameters.isEmpty ? "\(function.name)()" : "\(function.name)("
      return Candidate(call, .function, function.summary)
    }
  }

  private var literals: [Candidate] {
    let bools = completionContext.wanted.accepts(.bool) ? ["true", "false"] : []
    return (bools + (acceptsNull ? ["null"] : [])).map { Candidate($0, .literal) }
  }

  private var acceptsNull: Bool {
    switch completionContext.wanted {
    case .anything, .comparable: true
    case .type: completionContext.field.flatMap { Field.named($0) }?.isNullable ?? false
    default: false
    }
  }

  // MARK: Operators

  /// Returns the operators that accept the operand on their left; all of them if its type is
  /// unknown.
  func comparisons(after operand: CheckedExpression?) -> [Candidate] {
    let type = operand?.type ?? .unknown
    let fitting = ComparisonOperator.allCases.filter { $0.takes(type) }
    // For a list, offer its own operators before `==` and `!=`.
    let first = type.isListOfSome ? fitting.filter { $0.operands != .same } : fitting
    let words = first.map(\.rawValue) + (type.isOrdered ? ["between"] : [])
    let rest = type.isListOfSome ? fitting.filter { $0.operands == .same } : []
    return (words + rest.map(\.rawValue)).map { Candidate($0, .operator) }
  }

  /// `true` unless some expression that could be the left side of a connective is known not to be a
  /// condition.
  var joinsConditions: Bool {
    expected.allSatisfy { expected in
      guard case .connective(_, let span) = expected, let operand = completionContext.operands[span]
      else {
        return true
      }
      return operand.type.fits(.bool)
    }
  }

  func coalesce(after operand: CheckedExpression?) -> [Candidate] {
    guard operand?.isNullable == true else { return [] }
    return [Candidate("??", .operator, "fallback for null")]
  }

  func arithmetic(after operand: CheckedExpression?) -> [Candidate] {
    guard let type = operand?.type, [.int, .timestamp, .duration].contains(type) else { return [] }
    return ["+", "-"].map { Candidate($0, .operator) }
  }
}

extension CompletionContext.Wanted {
  /// Returns `true` iff a value of the type is allowed here, ignoring null.
  func accepts(_ type: ValueType) -> Bool {
    switch (self, type) {
    case (.rows, .rows), (.rows, .list): true
    case (.rows, _), (_, .rows), (_, .row): false
    case (.anything, _): true
    case (.number, _): type.fits(.int)
    case (.type(let wanted), _), (.comparable(let wanted), _): type.fits(wanted)
    case (.anyOf(let wanted), _): wanted.contains { type.fits($0) }
    case (.sortable, _): type.isOrdered || type == .bool
    case (.ordered, _): type.isOrdered
    }
  }

  /// `true` iff a value of some sortable type is allowed here.
  fileprivate var acceptsOrdered: Bool {
    [.int, .string, .timestamp, .duration].contains { accepts($0) }
  }
}

extension ComparisonOperator {
  /// The operators that `expect count` allows.
  static let counting = allCases.filter { Symbol(rawValue: $0.rawValue) != nil }

  /// Returns `true` iff the operator accepts a left side of this type.
  fileprivate func takes(_ left: ValueType) -> Bool {
    switch operands {
    case .same: left != .secret
    case .ordered: left.isOrdered
    case .elementOfList: left != .secret && !left.isListOfSome
    case .listAndElement, .lists: left.isListOfSome || left == .json || left.isUnknown
    case .text: left.fits(.string)
    }
  }
}

extension ValueType {
  fileprivate var isListOfSome: Bool { if case .list = self { true } else { false } }
}

extension Schema.Column {
  /// Returns the type and, for a connection's field, its help.
  fileprivate func detail(_ schema: Schema) -> String {
    let type = "\(type)\(isNullable ? "?" : "")"
    guard schema.areConnections, let field = Field.named(name), field.type == self.type else {
      return type
    }
    return "\(type), \(field.help)"
  }
}
