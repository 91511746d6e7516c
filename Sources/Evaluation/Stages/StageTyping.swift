import Language

/// Computes how each stage changes the type of the rows: their columns, their maximum number and
/// whether they are ordered. No row is needed for this.
enum StageTyping {
  @Sendable static func limited(_ flow: RowType, _ count: CheckedExpression) -> RowType {
    count.constantInt.map { flow.limited(to: Int(clamping: max(0, $0))) } ?? flow
  }

  /// A field that must not be null for a row to be kept is not null after the stage.
  @Sendable static func kept(_ flow: RowType, _ predicate: CheckedExpression) -> RowType {
    flow.with(flow.schema.requiring(predicate.slotsThatCannotBeNull))
  }

  @Sendable static func sorted(_ flow: RowType, _ keys: [CheckedSortKey]) -> RowType {
    var flow = flow
    flow.isOrdered = true
    return flow
  }

  @Sendable static func selected(_ flow: RowType, _ columns: [CheckedColumn]) -> RowType {
    flow.with(
      Schema(
        columns.map { Schema.Column($0.name, $0.value.type, nullable: $0.value.isNullable) },
        areConnections: flow.schema.areConnections))
  }

  /// `expect count <= n` limits the number of rows after it.
  @Sendable static func expected(_ flow: RowType, _ expectation: CheckedExpectation) -> RowType {
    guard case .count(let comparison, let value) = expectation.kind,
      let number = value.constantInt, let limit = limit(comparison, number)
    else { return flow }
    return flow.limited(to: limit)
  }

  private static func limit(_ comparison: ComparisonOperator, _ number: Int64) -> Int? {
    switch comparison {
    case .equal, .lessOrEqual: Int(clamping: max(0, number))
    case .less: Int(clamping: max(0, number &- 1))
    default: nil
    }
  }

  @Sendable static func grouped(_ flow: RowType, _ grouping: CheckedGrouping) -> RowType {
    let keys = grouping.keys.map {
      Schema.Column($0.name, $0.value.type, nullable: $0.value.isNullable)
    }
    let aggregates = grouping.orCount.map { aggregate in
      Schema.Column(
        aggregate.name, aggregate.value?.type ?? .int,
        nullable: aggregate.value?.isNullable ?? false)
    }
    return flow.with(Schema(keys + aggregates, areConnections: false))
  }

  @Sendable static func counted(_ flow: RowType, _: Void) -> RowType {
    RowType(
      schema: Schema([Schema.Column("count", .int)], areConnections: false), bound: .atMost(1),
      isOrdered: true)
  }

  /// Produces one row per differing field, so the number of input rows is no limit.
  @Sendable static func compared(_ flow: RowType, _ other: CheckedSource) -> RowType {
    RowType(schema: RowDiff.schema, bound: .unbounded, isOrdered: true)
  }

  @Sendable static func lookedUp(_ flow: RowType, _ key: CheckedExpression) -> RowType {
    flow.with(Lookup.schema(of: flow.schema))
  }

  /// After a write the server decides what the fields contain, so earlier proofs no longer hold.
  @Sendable static func acted<Arguments>(_ flow: RowType, _ arguments: Arguments) -> RowType {
    let forgotten = flow.schema.forgettingProofs
    return flow.with(
      forgotten == .connections ? Outcome.connections : forgotten.adding(Outcome.columns))
  }

  @Sendable static func created(_ flow: RowType, _ creation: CheckedCreation) -> RowType {
    flow.with(Outcome.connections)
  }
}

extension CheckedExpression {
  /// The columns that can't be null in a row that satisfies the predicate, because a comparison
  /// with null is false.
  fileprivate var slotsThatCannotBeNull: [Int] {
    switch kind {
    case .logical(.and, let operands): operands.flatMap(\.slotsThatCannotBeNull)
    case .logical(.or, let operands):
      operands.dropFirst().reduce(operands.first?.slotsThatCannotBeNull ?? []) { slots, operand in
        slots.isEmpty ? [] : slots.filter(operand.slotsThatCannotBeNull.contains)
      }
    case .comparison(.notEqual, let left, let right):
      left.slots(if: right.literal == .null) + right.slots(if: left.literal == .null)
    case .comparison(let comparison, let left, let right) where comparison.isFalseForNull:
      left.slots(if: !right.isNullable || comparison != .equal)
        + right.slots(if: !left.isNullable || comparison != .equal)
    case .matches(let text, _): text.slots(if: true)
    case .between(let value, _, _): value.slots(if: true)
    default: []
    }
  }

  /// Returns the index of the column, if the expression is one and the condition holds.
  private func slots(if isProven: Bool) -> [Int] {
    if isProven, case .field(let slot, _) = kind { [slot] } else { [] }
  }
}

extension ComparisonOperator {
  /// `true` iff the comparison is false when either side is null; for `==`, when exactly one is.
  fileprivate var isFalseForNull: Bool {
    switch self {
    case .notEqual, .hasAll, .isNotIn: false
    default: true
    }
  }
}
