import Language

/// A stage of the language: signature, help, example and meaning in one declaration. To add a
/// stage, add an element to ``table``; checker, help and completion read it from there.
package struct StageDefinition: Sendable {
  package let signature: StageSignature
  package let meaning: Meaning

  package enum Meaning: Sendable {
    /// Turns rows into rows, without side effects.
    case rows(@Sendable (RowSet, CheckedStage, Evaluator) throws(RunError) -> [Row])
    /// Compares the rows with others.
    case comparison(@Sendable (RowSet, RowSet, CheckedStage) throws(RunError) -> [Row])
    /// Fails the run if the rows are not as expected.
    case check(@Sendable (RowSet, CheckedStage, Evaluator) throws(RunError) -> Void)
    /// Sends one call per row, and turns rows into outcome rows.
    case write(WriteKind, verb: @Sendable (CheckedStage.Arguments) -> String)
    /// Shows the rows or saves them to a file, and passes them on.
    case output(OutputKind)
  }

  package enum OutputKind: Sendable { case show, save, chart }

  package static func named(_ name: String) -> StageDefinition? { byName[name] }

  private static let byName: [String: StageDefinition] = Dictionary(
    table.map { ($0.signature.name, $0) }, uniquingKeysWith: { first, _ in first })
}

extension StageDefinition {
  /// Every stage, in the order of the reference page.
  package static let table: [StageDefinition] = reading + writing + handing

  private static let reading: [StageDefinition] = [
    StageDefinition(
      signature: StageSignature(
        "where", .predicate, narrows: true, summary: "keeps the rows that satisfy a predicate",
        example: "list | where application == \"jira\"", flow: StageTyping.kept),
      meaning: .rows { set, stage, evaluator throws(RunError) in
        guard case .predicate(let predicate) = stage.arguments else { return set.rows }
        return try set.rows.keeping { row throws(RunError) in try evaluator.holds(predicate, row) }
      }),
    StageDefinition(
      signature: StageSignature(
        "select", .columns, summary: "chooses and computes columns",
        example: "list | select id, name as title, age = now() - updated_at",
        flow: StageTyping.selected),
      meaning: .rows { set, stage, evaluator throws(RunError) in
        guard case .columns(let columns) = stage.arguments else { return set.rows }
        return try set.rows.mapping { row throws(RunError) in
          let values = try columns.mapping { column throws(RunError) in
            try evaluator.value(column.value, row)
          }
          return Row(
            values: values, connection: row.connection, lastOutcome: row.lastOutcome)
        }
      }),
    StageDefinition(
      signature: StageSignature(
        "sort", .sortKeys, summary: "orders the rows; null comes last, ties keep their order",
        example: "list | sort by application, updated_at desc", flow: StageTyping.sorted),
      meaning: .rows { set, stage, evaluator throws(RunError) in
        guard case .sortKeys(let keys) = stage.arguments else { return set.rows }
        return try Sorting.sorted(set.rows, by: keys, evaluator)
      }),
    StageDefinition(
      signature: StageSignature(
        "first", .count, narrows: true, summary: "keeps the first n rows",
        example: "list | sort by updated_at | first 3", flow: StageTyping.limited),
      meaning: .rows { set, stage, evaluator throws(RunError) in
        Array(set.rows.prefix(try stage.count(evaluator)))
      }),
    StageDefinition(
      signature: StageSignature(
        "last", .count, narrows: true, summary: "keeps the last n rows",
        example: "list | sort by updated_at | last 3", flow: StageTyping.limited),
      meaning: .rows { set, stage, evaluator throws(RunError) in
        Array(set.rows.suffix(try stage.count(evaluator)))
      }),
    StageDefinition(
      signature: StageSignature(
        "skip", .count, narrows: true, summary: "drops the first n rows",
        example: "list | sort by updated_at | skip 50"),
      meaning: .rows { set, stage, evaluator throws(RunError) in
        Array(set.rows.dropFirst(try stage.count(evaluator)))
      }),
    StageDefinition(
      signature: StageSignature(
        "distinct", .grouping(hasAggregates: false), narrows: true,
        summary: "keeps the first row of each group with equal values",
        example: "list | distinct by application, folder_id"),
      meaning: .rows { set, stage, evaluator throws(RunError) in
        guard case .grouping(let grouping) = stage.arguments else { return set.rows }
        return try Groups.first(set.rows, by: grouping, evaluator)
      }),
    StageDefinition(
      signature: StageSignature(
        "group", .grouping(hasAggregates: true),
        summary: "turns each group with equal values into one row: its count, or given aggregates",
        example: "list | group by application with count(), max(updated_at) as last_change",
        flow: StageTyping.grouped),
      meaning: .rows { set, stage, evaluator throws(RunError) in
        guard case .grouping(let grouping) = stage.arguments else { return set.rows }
        return try Groups.summarized(set.rows, by: grouping, evaluator)
      }),
    StageDefinition(
      signature: StageSignature(
        "count", .none, summary: "turns the rows into one row with their number",
        example: "list where connected | count", flow: StageTyping.counted),
      meaning: .rows { set, _, _ in [Row(values: [.int(Int64(set.rows.count))])] }),
    StageDefinition(
      signature: StageSignature(
        "expect", .expectation,
        summary: "checks the rows; fails the run (exit 5) before any later write unless they match",
        example: "list where tags has \"tag-legacy\" | expect count <= 20, \"too many\"",
        flow: StageTyping.expected),
      meaning: .check { set, stage, evaluator throws(RunError) in
        try ExpectCheck.check(set.rows, stage, evaluator)
      }),
    StageDefinition(
      signature: StageSignature(
        "diff", .rows,
        summary: "replaces the rows by what was added, removed or changed compared with other rows",
        example: "let before = list where connected\nlist | diff $before",
        flow: StageTyping.compared),
      meaning: .comparison(RowDiff.between)),
  ]

  private static let writing: [StageDefinition] = [
    StageDefinition(
      signature: StageSignature(
        "update", .assignments(.update), effect: .write,
        summary: "changes exactly the named fields of each connection",
        example: "list where folder_id == 4515 | update folder_id = 28940", flow: StageTyping.acted),
      meaning: .write(.update, verb: Verbs.update)),
    StageDefinition(
      signature: StageSignature(
        "disconnect", .flags(["force"]), effect: .destructive,
        summary: "disconnects each connection; with `force`, even if active recipes use it",
        example: "list where tags has \"tag-legacy\" | disconnect force", flow: StageTyping.acted),
      meaning: .write(.disconnect, verb: Verbs.disconnect)),
    StageDefinition(
      signature: StageSignature(
        "delete", .flags([]), effect: .destructive,
        summary: "deletes each connection; the server refuses if active recipes use it",
        example: "get 37 | delete", flow: StageTyping.acted),
      meaning: .write(.delete) { _ in "Delete" }),
    StageDefinition(
      signature: StageSignature(
        "create", .assignments(.create), effect: .write,
        summary: "creates a connection; after other rows, one per row",
        example: "create name = \"Prod JIRA connection\", application = \"jira\", folder_id = 1892",
        flow: StageTyping.created),
      meaning: .write(.create) { _ in "Create" }),
  ]

  private static let handing: [StageDefinition] = [
    StageDefinition(
      signature: StageSignature(
        "save", .file,
        summary: "writes the rows to a .json, .jsonl or .csv file, and passes them on",
        example: "list | save \"connections.json\""),
      meaning: .output(.save)),
    StageDefinition(
      signature: StageSignature(
        "show", .format(ShowForm.names),
        summary: "shows the rows, and passes them on", example: "list | show as csv"),
      meaning: .output(.show)),
    StageDefinition(
      signature: StageSignature(
        "chart", .none, measures: true,
        summary: "draws one bar per row, sized by its number, and passes the rows on",
        example: "list | group by application | chart"),
      meaning: .output(.chart)),
  ]
}

extension Vocabulary {
  /// The stages and functions of `conn`.
  package static let standard = Vocabulary(
    stages: StageDefinition.table.map(\.signature),
    functions: FunctionDefinition.table.map(\.signature))
}

extension CheckedStage {
  /// `true` iff the stage shows or saves its rows.
  package var isOutput: Bool {
    if case .output = StageDefinition.named(name)?.meaning { true } else { false }
  }

  /// `true` iff the stage compares its rows with others.
  package var comparesRows: Bool {
    if case .comparison = StageDefinition.named(name)?.meaning { true } else { false }
  }

  /// `true` iff the stage reads the outcome of an earlier action on a row.
  package var readsOutcomes: Bool {
    let columns = Set(Outcome.columns.map(\.name))
    return arguments.expressions.contains { !$0.fieldsRead.isDisjoint(with: columns) }
  }

  /// Returns the number of rows that the stage names. Throws if it is negative.
  package func count(_ evaluator: Evaluator) throws(RunError) -> Int {
    guard case .count(let expression) = arguments,
      let number = try evaluator.constant(expression).int
    else { throw RunError(.internalError, "the number of rows is not known", at: span) }
    guard number >= 0 else {
      throw RunError(.usage, "the number of rows can't be negative", at: expression.span)
    }
    return Int(clamping: number)
  }
}

extension Array {
  package func keeping<E: Error>(_ condition: (Element) throws(E) -> Bool) throws(E) -> [Element] {
    var kept: [Element] = []
    for element in self where try condition(element) { kept.append(element) }
    return kept
  }

  package func mapping<T, E: Error>(_ transform: (Element) throws(E) -> T) throws(E) -> [T] {
    var values: [T] = []
    values.reserveCapacity(count)
    for element in self { values.append(try transform(element)) }
    return values
  }
}
