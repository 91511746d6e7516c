import Language

// To add a stage, add an element here; checker, help, completion and the reference page read it.
extension StageDefinition {
  /// Every stage, in the order of the reference page.
  package static let table: [StageDefinition] = reading + writing + handing

  private static let reading: [StageDefinition] = [
    StageDefinition(
      "where", .predicate, narrows: true, summary: "keeps the rows that satisfy a predicate",
      example: "list | where application == \"jira\"", flow: StageTyping.kept
    ) { predicate in
      StageOperation.rows { set, evaluator throws(RunError) in
        try evaluator.rows(set.rows, satisfying: predicate)
      }
    },
    StageDefinition(
      "select", .columns, summary: "chooses and computes columns",
      example: "list | select id, name as title, age = now() - updated_at",
      flow: StageTyping.selected
    ) { columns in
      StageOperation.rows { set, evaluator throws(RunError) in
        let functions = columns.map { evaluator.function($0.value) }
        return try set.rows.mapping { row throws(RunError) in
          let values = try functions.mapping { function throws(RunError) in try function(row) }
          return Row(
            values: values, connection: row.connection, lastOutcome: row.lastOutcome,
            place: row.place)
        }
      }
    },
    StageDefinition(
      "sort", .sortKeys, summary: "orders the rows; null comes last, ties keep their order",
      example: "list | sort by application, updated_at desc", flow: StageTyping.sorted
    ) { keys in
      StageOperation.rows { set, evaluator throws(RunError) in
        try Sorting.sorted(set.rows, by: keys, evaluator)
      }
    },
    StageDefinition(
      "first", .count, narrows: true, summary: "keeps the first n rows",
      example: "list | sort by updated_at | first 3", flow: StageTyping.limited
    ) { count in
      StageOperation.rows { set, evaluator throws(RunError) in
        Array(set.rows.prefix(try evaluator.count(count)))
      }
    },
    StageDefinition(
      "last", .count, narrows: true, summary: "keeps the last n rows",
      example: "list | sort by updated_at | last 3", flow: StageTyping.limited
    ) { count in
      StageOperation.rows { set, evaluator throws(RunError) in
        Array(set.rows.suffix(try evaluator.count(count)))
      }
    },
    StageDefinition(
      "skip", .count, narrows: true, summary: "drops the first n rows",
      example: "list | sort by updated_at | skip 50"
    ) { count in
      StageOperation.rows { set, evaluator throws(RunError) in
        Array(set.rows.dropFirst(try evaluator.count(count)))
      }
    },
    StageDefinition(
      "distinct", .grouping(hasAggregates: false), narrows: true,
      summary: "keeps the first row of each group with equal values",
      example: "list | distinct by application, folder_id"
    ) { grouping in
      StageOperation.rows { set, evaluator throws(RunError) in
        try Groups.first(set.rows, by: grouping, evaluator)
      }
    },
    StageDefinition(
      "group", .grouping(hasAggregates: true),
      summary: "turns each group with equal values into one row: its count, or given aggregates",
      example: "list | group by application with count(), max(updated_at) as last_change",
      flow: StageTyping.grouped
    ) { grouping in
      StageOperation.rows { set, evaluator throws(RunError) in
        try Groups.summarized(set.rows, by: grouping, evaluator)
      }
    },
    StageDefinition(
      "count", .none, summary: "turns the rows into one row with their number",
      example: "list where connected | count", flow: StageTyping.counted
    ) { _ in
      StageOperation.rows { set, _ in [Row(values: [.int(Int64(set.rows.count))])] }
    },
    StageDefinition(
      "expect", .expectation,
      summary: "checks the rows; fails the run (exit 5) before any later write unless they match",
      example: "list where tags has \"tag-legacy\" | expect count <= 20, \"too many\"",
      flow: StageTyping.expected
    ) { StageOperation.check($0) },
    StageDefinition(
      "diff", .rows,
      summary: "replaces the rows by what was added, removed or changed compared with other rows",
      example: "let before = list where connected\nlist | diff $before",
      flow: StageTyping.compared
    ) { StageOperation.comparison($0) },
    StageDefinition(
      "lookup", .key(Lookup.keys),
      summary: "puts the workspace's connection beside each row; its values win, other columns "
        + "stay, and a key that isn't there is an error",
      example: "let lost = list where not connected\n$lost | lookup by id",
      flow: StageTyping.lookedUp
    ) { StageOperation.lookup($0) },
  ]

  private static let writing: [StageDefinition] = [
    StageDefinition(
      "update", .assignments, effect: .write,
      summary: "changes exactly the named fields of each connection",
      example: "list where folder_id == 4515 | update folder_id = 28940", flow: StageTyping.acted
    ) { StageOperation.write(WriteStage(.update, $0)) },
    StageDefinition(
      "disconnect", .flags(["force"]), effect: .destructive,
      summary: "disconnects each connection; one already disconnected is sent too and is `done`; "
        + "with `force`, even if active recipes use it",
      example: "list where tags has \"tag-legacy\" | disconnect force", flow: StageTyping.acted
    ) { StageOperation.write(WriteStage(.disconnect, flags: $0)) },
    StageDefinition(
      "delete", .flags([]), effect: .destructive, removes: true,
      summary: "deletes each connection; the server refuses if active recipes use it",
      example: "get 37 | delete", flow: StageTyping.acted
    ) { _ in StageOperation.write(WriteStage(.delete)) },
    StageDefinition(
      "create", .creation, effect: .write,
      summary: "creates a connection; after other rows, one per row. If one with the same "
        + "application, name, folder, parent and external id, as far as they are set, exists, the "
        + "run is refused; `unless exists` leaves it, and `always` creates another",
      example: "create unless exists name = \"ACME parent\", application = \"jira\"",
      flow: StageTyping.created
    ) { StageOperation.write(WriteStage(.create, $0.assignments, existing: $0.existing)) },
    StageDefinition(
      "tag", .tags, effect: .write,
      summary: "adds tags to each connection, up to 100 connections per call",
      example: "list where folder_id == 4515 | tag \"Accounting\"", flow: StageTyping.acted
    ) { StageOperation.write(WriteStage(.tag, tags: $0)) },
    StageDefinition(
      "untag", .tags, effect: .write,
      summary: "removes tags from each connection, up to 100 connections per call",
      example: "list where tags has \"tag-legacy\" | untag \"tag-legacy\"", flow: StageTyping.acted
    ) { StageOperation.write(WriteStage(.untag, tags: $0)) },
  ]

  private static let handing: [StageDefinition] = [
    StageDefinition(
      "save", .file,
      summary: "writes the rows to a new .json, .jsonl or .csv file, or with `replace` to an "
        + "existing one too, and passes them on",
      example: "list | save replace \"connections.json\""
    ) { StageOperation.output(.save($0)) },
    StageDefinition(
      "show", .format(ShowForm.names),
      summary: "shows the rows, and passes them on", example: "list | show as csv"
    ) { StageOperation.output(.show($0.flatMap(ShowForm.init))) },
    StageDefinition(
      "chart", .none, measures: true,
      summary: "draws one bar per row, sized by its number, and passes the rows on",
      example: "list | group by application | chart"
    ) { _ in StageOperation.output(.chart) },
  ]
}

extension Vocabulary {
  /// The stages and functions of `conn`.
  package static let standard = Vocabulary(
    stages: StageDefinition.table, functions: FunctionDefinition.table.map(\.signature))
}

extension CheckedStage {
  /// `true` iff the stage shows or saves its rows.
  package var isOutput: Bool { if case .output = operation { true } else { false } }

  /// `true` iff the stage compares its rows with others.
  package var comparesRows: Bool { if case .comparison = operation { true } else { false } }

  /// `true` iff the stage looks its rows up in the workspace.
  package var looksUp: Bool { if case .lookup = operation { true } else { false } }

  /// The stage as one that writes; `nil` if it only reads.
  package var write: WriteStage? { if case .write(let write) = operation { write } else { nil } }

  /// `true` iff the stage reads the outcome of an earlier action on a row.
  package var readsOutcomes: Bool {
    let columns = Set(Outcome.columns.map(\.name))
    return arguments.expressions.contains { !$0.fieldsRead.isDisjoint(with: columns) }
  }
}
