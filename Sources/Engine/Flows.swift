import Language

/// How the stages change what is known of the rows before any row is seen.
enum Flows {
  static let limited: @Sendable (Flow, CheckedStage.Arguments) -> Flow = { flow, arguments in
    guard case .count(let expression) = arguments, let number = expression.constantInt else {
      return flow
    }
    return Flow(schema: flow.schema, bound: flow.bound.limited(to: Int(clamping: max(0, number))))
  }

  static let selected: @Sendable (Flow, CheckedStage.Arguments) -> Flow = { flow, arguments in
    guard case .columns(let columns) = arguments else { return flow }
    let schema = Schema(
      columns.map { Schema.Column($0.name, $0.value.type, nullable: $0.value.isNullable) },
      areConnections: flow.schema.areConnections)
    return Flow(schema: schema, bound: flow.bound)
  }

  /// `expect count <= n` bounds the rows behind it.
  static let expected: @Sendable (Flow, CheckedStage.Arguments) -> Flow = { flow, arguments in
    guard case .expectation(let expectation) = arguments,
      case .count(let comparison, let value) = expectation.kind,
      let number = value.constantInt, let limit = limit(comparison, number)
    else { return flow }
    return Flow(schema: flow.schema, bound: flow.bound.limited(to: limit))
  }

  private static func limit(_ comparison: ComparisonOperator, _ number: Int64) -> Int? {
    switch comparison {
    case .equal, .lessOrEqual: Int(clamping: max(0, number))
    case .less: Int(clamping: max(0, number &- 1))
    default: nil
    }
  }

  static let grouped: @Sendable (Flow, CheckedStage.Arguments) -> Flow = { flow, arguments in
    guard case .grouping(let grouping) = arguments else { return flow }
    let keys = grouping.keys.map {
      Schema.Column($0.name, $0.value.type, nullable: $0.value.isNullable)
    }
    let aggregates = grouping.orCount.map { aggregate in
      Schema.Column(
        aggregate.name, aggregate.value?.type ?? .int, nullable: aggregate.value != nil)
    }
    return Flow(schema: Schema(keys + aggregates, areConnections: false), bound: flow.bound)
  }

  static let acted: @Sendable (Flow, CheckedStage.Arguments) -> Flow = { flow, _ in
    Flow(schema: flow.schema.adding(Outcome.columns), bound: flow.bound)
  }

  static let created: @Sendable (Flow, CheckedStage.Arguments) -> Flow = { flow, _ in
    Flow(schema: Schema.connections.adding(Outcome.columns), bound: flow.bound)
  }
}
