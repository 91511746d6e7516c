/// What can stand where a value, or an operator behind one, is wanted.
extension CompletionProvider {
  // MARK: Values

  var values: [Candidate] {
    fields(of: completionContext.schema).filter {
      !completionContext.takenColumns.contains($0.text)
    }
      + variables { completionContext.wanted.accepts($0) }
      + functions + literals
  }

  /// The columns that fit; of rows of any shape, those of a connection.
  func fields(of schema: Schema?) -> [Candidate] {
    guard let schema = schema?.isOpen == true ? .connections : schema else { return [] }
    let columns = schema.columns.filter { completionContext.wanted.accepts($0.type) }
    let aliases = columns.compactMap { column in
      schema.areConnections
        ? Field.named(column.name)?.alias.map {
          Candidate($0, .field, "another name of `\(column.name)`")
        } : nil
    }
    return columns.map { Candidate($0.name, .field, $0.detail(schema)) } + aliases
  }

  func isRows(_ type: ValueType) -> Bool { if case .rows = type { true } else { false } }

  /// The variables of these types; one that stands for a row is offered with the dot before a field.
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
    vocabulary.functions.filter { function in
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

  /// Those that take the operand for their left side; all where it is not known.
  func comparisons(after operand: CheckedExpression?) -> [Candidate] {
    let type = operand?.type ?? .unknown
    let fitting = ComparisonOperator.allCases.filter { $0.takes(type) }
    // What a list is asked first.
    let first = type.isListOfSome ? fitting.filter { $0.operands != .same } : fitting
    let words = first.map(\.rawValue) + (type.isOrdered ? ["between"] : [])
    let rest = type.isListOfSome ? fitting.filter { $0.operands == .same } : []
    return (words + rest.map(\.rawValue)).map { Candidate($0, .operator) }
  }

  /// `true` unless what stands before a connective, however much of it that takes, is no condition.
  var joinsConditions: Bool {
    places.allSatisfy { place in
      guard case .connective(_, let span) = place, let operand = completionContext.operands[span]
      else {
        return true
      }
      return operand.type.fits(.bool)
    }
  }

  func coalesce(after operand: CheckedExpression?) -> [Candidate] {
    guard operand?.isNullable == true else { return [] }
    return [Candidate("??", .operator, "another value in the place of null")]
  }

  func arithmetic(after operand: CheckedExpression?) -> [Candidate] {
    guard let type = operand?.type, [.int, .timestamp, .duration].contains(type) else { return [] }
    return ["+", "-"].map { Candidate($0, .operator) }
  }
}

extension CompletionContext.Wanted {
  /// `true` iff a value of the type can stand here, null aside.
  func accepts(_ type: ValueType) -> Bool {
    switch (self, type) {
    case (.rows, .rows), (.rows, .list): true
    case (.rows, _), (_, .rows), (_, .row): false
    case (.anything, _): true
    case (.type(let wanted), _), (.comparable(let wanted), _): type.fits(wanted)
    case (.anyOf(let wanted), _): wanted.contains { type.fits($0) }
    case (.sortable, _): type.isOrdered || type == .bool
    case (.ordered, _): type.isOrdered
    }
  }

  /// `true` iff a value of some type with an order can stand here.
  fileprivate var acceptsOrdered: Bool {
    [.int, .string, .timestamp, .duration].contains { accepts($0) }
  }
}

extension ComparisonOperator {
  /// Those that compare a number of rows.
  static let counting = allCases.filter { symbolic.values.contains($0) }

  /// `true` iff some value can stand behind the operator, where one of the type stands before it.
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
  /// The type, and for a connection's field its help.
  fileprivate func detail(_ schema: Schema) -> String {
    let type = "\(type)\(isNullable ? "?" : "")"
    guard schema.areConnections, let field = Field.named(name), field.type == self.type else {
      return type
    }
    return "\(type), \(field.help)"
  }
}
