/// The tables of statements, sources and literals.
extension HelpTable {
  package static let statements = HelpTable(
    "statements", "Statements",
    """
    A statement ends at the end of its line, or at `;`. A pipeline is a statement too: a source, \
    then stages after `|`. `#` starts a comment.
    """,
    [
      HelpEntry(
        ["let"], "let name = expression or pipeline", "stores a value or rows as `$name`",
        examples: [
          HelpEntry.Example(
            "let cutoff = ago(90d)\nlist where connection_lost_at < $cutoff | count"),
          HelpEntry.Example("let lost = list where not connected\n$lost | select id, name"),
        ]),
      HelpEntry(
        ["param"], "param name: type [= default]  ## what it is for",
        "declares a value that the command line sets as `name=value`",
        examples: [
          HelpEntry.Example(
            "param tag: string = \"tag-legacy\"  ## whose connections\n"
              + "list where tags has $tag | count")
        ]),
      HelpEntry(
        ["def"], "def name(parameter: type, …) = stage | stage",
        "names a sequence of stages, to be called as `name(…)`",
        examples: [
          HelpEntry.Example(
            "def tagged(tag: string) = where tags has $tag\nlist | tagged(\"tag-legacy\") | count")
        ]),
      HelpEntry(
        ["use"], "use \"file.conn\"", "imports the definitions of another file",
        examples: [HelpEntry.Example("use \"lib.conn\"\nlist | tagged(\"tag-legacy\") | count")]),
      HelpEntry(
        ["for"], "for name in list or rows { … }",
        "runs the statements once for each element or row",
        examples: [
          HelpEntry.Example(
            "for row in list where tags has \"tag-legacy\" {\n"
              + "  print f\"{$row.id} {$row.name}\"\n}")
        ]),
      HelpEntry(
        ["if", "else"], "if condition { … } else { … }",
        "runs the first block if the condition is true, otherwise the second",
        examples: [
          HelpEntry.Example(
            "let lost = list where not connected\n"
              + "if count($lost) > 0 { $lost | select id } else { print \"all are connected\" }")
        ]),
      HelpEntry(
        ["print"], "print expression", "prints a line",
        examples: [HelpEntry.Example("print f\"{1 + 2} rows\"")]),
    ])

  package static let sources = HelpTable(
    "sources", "Sources", "A pipeline starts with one of these.",
    [
      HelpEntry(
        ["list"], "list [all] [with runtime] [where predicate]",
        "the connections of the workspace; write `all` if a later write is meant for every one; "
          + "`with runtime` adds those of runtime users",
        examples: [
          HelpEntry.Example("list where application == \"jira\""),
          HelpEntry.Example("list with runtime | count"),
        ]),
      HelpEntry(
        ["get"], "get id, …", "the connections with these ids; a missing one is an error",
        examples: [HelpEntry.Example("get 36, 37")]),
      HelpEntry(
        ["from"], "from \"file\" [as csv|json|jsonl]",
        "the rows of a .json, .jsonl or .csv file, or of stdin (`from \"-\" as csv`); they are "
          + "connections if each has an `id`, a whole number from 1",
        examples: [HelpEntry.Example("from \"connections.json\" | count")]),
      HelpEntry(
        ["$rows", "$name", "variables"], "$name",
        "the rows that a `let` stored; `$name.id` is the list of the values of a column",
        examples: [
          HelpEntry.Example("let jira = list where application == \"jira\"\n$jira | count")
        ]
      ),
      HelpEntry(
        ["it"], "it", "the rows of the last result",
        examples: [HelpEntry.Example("list where connected\nit | count")]),
      HelpEntry(
        ["create"], "create field = expression, …",
        "one new connection, which the pipeline creates",
        examples: [
          HelpEntry.Example("create name = \"ACME parent\", application = \"jira\"")
        ]),
    ])

  package static let literals = HelpTable(
    "literals", "Literals", "A bare word is a name, never a text.",
    [
      literal(
        "string", "\"…\"", "a text; escapes are \\n \\t \\r \\\" \\\\ \\u{1F600}", "\"ACME\""),
      literal("raw string", "'…'", "a text without escapes", "'C:\\temp'", "C:\\temp"),
      literal(
        "interpolation", "f\"… {expression} …\"", "a text with values inserted; `{{` is a brace",
        "f\"{1 + 1} rows\"", "2 rows"),
      literal("int", "1_000", "a 64-bit whole number", "1_000", "1000"),
      literal("duration", "1d12h", "a time span in `w`, `d`, `h`, `m`, `s`", "90d", "90d"),
      literal(
        "timestamp", "@2026-01-31T10:00:00Z",
        "an instant with its zone; without a time, midnight UTC",
        "@2026-01-31", "2026-01-31"),
      literal("bool", "true, false", "true or false", "true"),
      literal("null", "null", "no value; test with `== null`", "null ?? \"none\"", "none"),
      literal("array", "[1, 2]", "a list of values of one type", "count([1, 2])", "2"),
      literal("object", "{ key: value }", "a record", "{ a: 1 }", "{\"a\":1}"),
    ])

  private static func literal(
    _ name: String, _ signature: String, _ summary: String, _ text: String, _ value: String? = nil
  ) -> HelpEntry {
    let unquoted = text.filter { $0 != "\"" }
    return HelpEntry(
      [name], signature, summary, examples: [HelpEntry.Example(text, value ?? unquoted)])
  }
}
