/// Statements, stages, fields, variables, functions and types by their names.
extension DiagnosticArticle {
  static let names: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0101", "unknown statement",
      """
      A statement begins with a source (`list`, `get`, `from`, `create`, `it` or a
      variable) or with `let`, `param`, `def`, `use`, `for`, `if` or `print`. A line
      with another first word is not skipped, because the lines behind it may rely on
      it; nothing of the script is run. Correct the word. A value gets its name with
      `let`.
      """,
      wrong: "lst where connected",
      right: "list where connected"),
    DiagnosticArticle(
      "C0102", "unknown stage",
      """
      Behind a `|` stands a stage of the language or the call of a definition. An
      unknown one stops the whole script before anything is sent, because leaving it
      out could widen what the later stages reach: without its `where`, a `delete`
      would take every row. Correct the name. A stage of your own comes from a `def`
      above, or from a file that `use` names.
      """,
      wrong: "list | order by name",
      right: "list | sort by name"),
    DiagnosticArticle(
      "C0103", "unknown field",
      """
      A bare word in a condition or a column is a field of the rows at that place. It
      must be known before the run: if a misspelled field were silently null, a
      condition would hold for no connection, or with a `not` for all of them. Correct
      the name. Text goes in quotes, and a variable begins with `$`. Behind a `select`
      only its columns are left, and a field that the API sends beyond the known ones
      is read as `raw.some_field`.
      """,
      wrong: #"list where authorisation_status == "failed""#,
      right: #"list where authorization_status == "failed""#),
    DiagnosticArticle(
      "C0104", "field that cannot be read",
      """
      `input`, `oauth_token_pair` and `shell_connection` are sent to the API, and its
      answers leave them out; the first two hold credentials, which it does not give
      back. A column of them would be empty in every row, and look as if nothing were
      set. Whether the credentials are accepted is told by `authorization_status` and
      `connected`; a shell that was never connected has the status null.
      """,
      wrong: "list | select id, name, input",
      right: "list | select id, name, authorization_status"),
    DiagnosticArticle(
      "C0105", "field that cannot be set",
      """
      `update` and `create` set only the fields that the API takes in that call. Any
      other would be ignored or refused by the server, and a run that reports a change
      which was never made is worse than an error. The help names the fields that can
      be set. The application of a connection is chosen when it is created; its
      description and tags cannot be set with these calls.
      """,
      wrong: #"get 36 | update application = "salesforce""#,
      right: #"create name = "Prod Salesforce connection", application = "salesforce""#),
    DiagnosticArticle(
      "C0106", "unknown type",
      """
      The type of a parameter is `string`, `int`, `bool`, `timestamp`, `duration`,
      `secret`, `json`, `record`, or a `list<…>` of one of them; a parameter of a
      `def` can also be `rows`. A value from the command line is held against it
      before anything is sent, so it has to be a type that is known. Text is a
      `string`, a number an `int`.
      """,
      wrong: "param _most: integer = 20",
      right: "param _most: int = 20"),
    DiagnosticArticle(
      "C0107", "name that occurs twice",
      """
      The columns of a row, the fields that a stage sets and the parameters of a
      definition have different names. Of two with the same name one would be lost,
      and the result would not show which. Remove one of them, or give a column
      another name with `as`.
      """,
      wrong: "list | select id, name, id",
      right: "list | select id, name"),
    DiagnosticArticle(
      "C0108", "name bound twice",
      """
      `let`, `param`, `def` and `for` bind a name once in a script, and it keeps its
      meaning to the end. So `$ids` is the same in every line, and a line can be
      understood without a search for the latest change above it; otherwise a `delete`
      could reach other connections than the preview a few lines before. Choose
      another name. At the prompt a new line may bind a name anew.
      """,
      wrong: """
        let ids = [36]
        let ids = [37]
        list where id in $ids
        """,
      right: """
        let ids = [36, 37]
        list where id in $ids
        """),
    DiagnosticArticle(
      "C0109", "last result where there is none",
      """
      `it` stands for the rows of the pipeline before, in the same script or at the
      same prompt. At the beginning there is none; inside a `def` there is none
      either, because the same call would mean other rows wherever it stands. Put the
      pipeline before it, or write the source out.
      """,
      wrong: "it | count",
      right: """
        list where connected
        it | count
        """),
    DiagnosticArticle(
      "C0110", "field where there are no rows",
      """
      A bare word names a field, and outside conditions, columns and assignments no
      row is at hand to read it from. It is never taken for text, or else a misspelled
      field would become a string without notice. Put text in quotes, and write `$`
      before the name of a variable.
      """,
      wrong: """
        let application = jira
        list where application == $application
        """,
      right: """
        let application = "jira"
        list where application == $application
        """),
    DiagnosticArticle(
      "C0111", "unknown variable",
      """
      A variable is bound by `let`, `param`, `for` or the parameters of a `def` before
      it is used. What is bound in a block ends with the block, and a definition sees
      only what stands above it. An unknown variable is never taken for empty, as
      shells do: an empty tag or folder could select no connection, or every one. Bind
      it, or correct the name.
      """,
      wrong: "list where tags has $tag",
      right: """
        param tag: string = "tag-ANgeffPL-3gxQwA"
        list where tags has $tag
        """),
    DiagnosticArticle(
      "C0112", "unknown function",
      """
      The functions are a fixed set; the help names the nearest one, or all of them.
      Scripts cannot add any, so that a condition can only compute and never sends or
      changes anything; `def` makes stages, not functions. Correct the name. What is
      no function may be an operator, such as `contains` or `matches`.
      """,
      wrong: "list where len(name) > 40",
      right: "list where length(name) > 40"),
    DiagnosticArticle(
      "C0113", "bare word in place of text",
      """
      A bare word is the name of a field, and the rows have no field of this name. It
      is not taken for text instead: then a misspelled field would be compared as
      text, and the condition would change its meaning on the day on which the API
      gains a field of that name. Put text in quotes.
      """,
      wrong: "list where application == jira",
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0114", "unknown aggregate",
      """
      `group by … with` computes `count()`, `min(…)` and `max(…)` of each group. There
      are no sums and averages, because the fields of a connection are ids, texts and
      dates, and the sum of ids would be a number without a meaning. The latest date
      is `max(updated_at)`. For other summaries, save the rows as CSV.
      """,
      wrong: "list | group by application with latest(updated_at)",
      right: "list | group by application with max(updated_at)"),
    DiagnosticArticle(
      "C0115", "definition with the name of a stage",
      """
      A definition cannot have the name of a stage. Whoever reads `delete` in a
      pipeline must be able to rely on what it does, without a look at every `def` and
      every file that `use` names. Choose another name for the definition.
      """,
      wrong: """
        def delete() = disconnect force
        get 36 | delete
        """,
      right: """
        def retire() = disconnect force
        get 36 | retire()
        """),
    DiagnosticArticle(
      "C0116", "declaration inside a block",
      """
      `param`, `def` and `use` stand at the top level, outside all braces. Which
      values a script takes and which stages it has must be known before the run, and
      cannot depend on a condition or on the rounds of a loop. Move the line above the
      block.
      """,
      wrong: """
        for id in [36, 37] {
          def retire() = disconnect force
          get $id | retire()
        }
        """,
      right: """
        def retire() = disconnect force
        for id in [36, 37] {
          get $id | retire()
        }
        """),
    DiagnosticArticle(
      "C0117", "definition used too early",
      """
      A definition can be used only below its `def`, and therefore not inside itself.
      Each call is replaced by the stages that it stands for, and one that led back to
      itself would never come to an end; every script of `conn` ends. Move the `def`
      above its first use. To do the same for several values, write `for`.
      """,
      wrong: """
        list | lost()
        def lost() = where connection_lost_at != null
        """,
      right: """
        def lost() = where connection_lost_at != null
        list | lost()
        """),
    DiagnosticArticle(
      "C0118", "value that no connection has",
      """
      The condition compares a field with text that no row at hand has in it; at hand
      are the rows of the file that `--snapshot` names. Text is compared to the
      letter, so a misspelled tag or application selects nothing, and the run ends
      well without having done its work. Correct the value. This is a warning only,
      because the file may be older than the workspace.
      """,
      wrong: #"list where application == "salesfroce""#,
      right: #"list where application == "salesforce""#),
    DiagnosticArticle(
      "C0119", "unused name",
      """
      Nothing in the script refers to this name. Often a fixed value still stands
      where the name was meant, and then a parameter can be given on the command line
      and changes nothing. Use the name, or remove it. A name that begins with `_` is
      left without a warning.
      """,
      wrong: """
        param folder: int = 4515
        list where folder_id == 4515
        """,
      right: """
        param folder: int = 4515
        list where folder_id == $folder
        """),
  ]
}
