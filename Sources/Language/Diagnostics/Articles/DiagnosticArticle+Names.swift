/// Articles about names: statements, stages, fields, variables, functions and types.
extension DiagnosticArticle {
  static let names: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0101", "unknown statement",
      """
      A statement begins with a source (`list`, `get`, `from`, `create`, `it` or a
      variable) or with `let`, `param`, `def`, `use`, `for`, `if` or `print`. A line
      that begins with any other word is not skipped, because later lines may depend
      on it; nothing in the script runs. Correct the word. To name a value, use `let`.
      """,
      wrong: "lst where connected",
      right: "list where connected"),
    DiagnosticArticle(
      "C0102", "unknown stage",
      """
      A `|` is followed by a built-in stage or a call to a definition. An unknown
      stage stops the whole script before anything is sent, because skipping it could
      widen what later stages change: without its `where`, a `delete` would act on
      every row. Correct the name. You can add your own stage with a `def` above, or
      load it from a file with `use`.
      """,
      wrong: "list | order by name",
      right: "list | sort by name"),
    DiagnosticArticle(
      "C0103", "unknown field",
      """
      A bare word in a condition or column is a field of the current rows. It must be
      known before the run: if a misspelled field were silently null, a condition on
      it would match no connection, or with `not`, all of them. Correct the name; text
      goes in quotes, and variables begin with `$`. After a `select`, only its columns
      are available. Fields that the API returns beyond the known ones are available
      as `raw.some_field`.
      """,
      wrong: #"list where authorisation_status == "failed""#,
      right: #"list where authorization_status == "failed""#),
    DiagnosticArticle(
      "C0104", "field that cannot be read",
      """
      `input`, `oauth_token_pair` and `shell_connection` are sent to the API, but the
      API never returns them; the first two contain credentials. A column of them
      would be empty in every row and look as if nothing were set. To see whether the
      credentials work, use `authorization_status` and `connected`; a shell that was
      never connected has the status null.
      """,
      wrong: "list | select id, name, input",
      right: "list | select id, name, authorization_status"),
    DiagnosticArticle(
      "C0105", "field that cannot be set",
      """
      `update` and `create` can set only the fields that the API accepts in that call.
      The server would ignore or reject any other field, and reporting a change that
      never happened is worse than an error. The help lists the fields you can set. A
      connection's application is chosen when it is created; its description and tags
      can't be set with these calls.
      """,
      wrong: #"get 36 | update application = "salesforce""#,
      right: #"create name = "Prod Salesforce connection", application = "salesforce""#),
    DiagnosticArticle(
      "C0106", "unknown type",
      """
      A parameter's type is `string`, `int`, `bool`, `timestamp`, `duration`,
      `secret`, `json`, `record`, or a `list<…>` of one of them; a parameter of a
      `def` can also be `rows`. Values from the command line are checked against the
      type before anything is sent, so the type must be known. Text is a `string`, a
      number is an `int`.
      """,
      wrong: "param _most: integer = 20",
      right: "param _most: int = 20"),
    DiagnosticArticle(
      "C0107", "duplicate name",
      """
      The columns of a row, the fields that a stage sets and the parameters of a
      definition need different names. If two had the same name, one would be lost and
      the result wouldn't show which. Remove one of them, or rename a column with
      `as`.
      """,
      wrong: "list | select id, name, id",
      right: "list | select id, name"),
    DiagnosticArticle(
      "C0108", "name bound twice",
      """
      `let`, `param`, `def` and `for` bind a name once per script, and it keeps its
      meaning to the end. That way `$ids` is the same on every line, and you don't
      have to search for the latest change above it; otherwise a `delete` could reach
      different connections than the preview a few lines earlier. Choose another name.
      At the prompt, a new line may rebind a name.
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
      "C0109", "`it` without a previous result",
      """
      `it` refers to the rows of the previous pipeline in the same script or prompt
      session. At the beginning there is no previous result. Inside a `def`, `it`
      isn't available either, because the same call would mean different rows in
      different places. Put the pipeline first, or write out the source.
      """,
      wrong: "it | count",
      right: """
        list where connected
        it | count
        """),
    DiagnosticArticle(
      "C0110", "field name where there are no rows",
      """
      A bare word is a field name, and outside of conditions, columns and assignments
      there is no row to read it from. It is never treated as text, because then a
      misspelled field would silently become a string. Put text in quotes, and write
      `$` before the name of a variable.
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
      A variable must be bound by `let`, `param`, `for` or the parameters of a `def`
      before it is used. Names bound in a block end with the block, and a definition
      sees only the names above it. An unknown variable is never treated as empty, as
      shells do: an empty tag or folder could select no connection, or every one. Bind
      the variable, or correct its name.
      """,
      wrong: "list where tags has $tag",
      right: """
        param tag: string = "tag-ANgeffPL-3gxQwA"
        list where tags has $tag
        """),
    DiagnosticArticle(
      "C0112", "unknown function",
      """
      The set of functions is fixed; the help suggests the nearest one, or lists them
      all. Scripts can't add functions, so a condition can only compute and never send
      or change anything; `def` creates stages, not functions. Correct the name. You
      may be looking for an operator, such as `contains` or `matches`.
      """,
      wrong: "list where len(name) > 40",
      right: "list where length(name) > 40"),
    DiagnosticArticle(
      "C0113", "text without quotes",
      """
      A bare word is a field name, and the rows have no field with this name. It is
      not treated as text: otherwise a misspelled field would be compared as text, and
      the condition would change its meaning as soon as the API adds a field with that
      name. Put text in quotes.
      """,
      wrong: "list where application == jira",
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0114", "unknown aggregate",
      """
      `group by … with` computes `count()`, `min(…)` and `max(…)` for each group.
      There are no sums or averages, because a connection's fields are ids, texts and
      dates, and a sum of ids means nothing. The latest date is `max(updated_at)`. For
      other summaries, save the rows as CSV.
      """,
      wrong: "list | group by application with latest(updated_at)",
      right: "list | group by application with max(updated_at)"),
    DiagnosticArticle(
      "C0115", "definition with the name of a stage",
      """
      A definition can't have the same name as a built-in stage. When you read
      `delete` in a pipeline, you must be able to rely on what it does without
      checking every `def` and every file loaded with `use`. Choose another name for
      the definition.
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
      `param`, `def` and `use` are allowed only at the top level, outside of all
      braces. The script's parameters and stages must be known before the run, so they
      can't depend on a condition or on the iterations of a loop. Move the line above
      the block.
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
      A definition can be used only below its `def`, and so it can't call itself. Each
      call is replaced by the stages of the definition; a call that led back to itself
      would never end, and every `conn` script ends. Move the `def` above its first
      use. To repeat something for several values, use `for`.
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
      The condition compares a field with text that doesn't occur in that field in any
      of the known rows; these come from the file given with `--snapshot`. Text must
      match exactly, so a misspelled tag or application selects nothing, and the run
      succeeds without doing its work. Correct the value. This is only a warning,
      because the file may be older than the workspace.
      """,
      wrong: #"list where application == "salesfroce""#,
      right: #"list where application == "salesforce""#),
    DiagnosticArticle(
      "C0119", "unused name",
      """
      Nothing in the script refers to this name. Often a fixed value was left where
      the name should be; then a parameter can be set on the command line but has no
      effect. Use the name, or remove it. Names that begin with `_` don't cause this
      warning.
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
