/// Articles about types and where values of each type are allowed.
extension DiagnosticArticle {
  static let types: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0201", "value of the wrong type",
      """
      Each place accepts values of one type, and nothing is converted silently: `36`
      is a number, `"36"` is text. If text were converted, a typo in it would surface
      only during the run, perhaps between two writes, or count as 0. Write the value
      in the type that the message names; the help shows how.
      """,
      wrong: #"get "36""#,
      right: "get 36"),
    DiagnosticArticle(
      "C0202", "condition that is not true or false",
      """
      `where`, `expect`, `and`, `or` and `not` need conditions, which are true or
      false. Some languages treat non-empty text or a number other than 0 as true; few
      people could tell, without looking it up, which connections such a condition
      selects. Compare the value, as in `external_id != null`, `not empty(tags)` or
      `folder_id == 4515`.
      """,
      wrong: "list where external_id",
      right: "list where external_id != null"),
    DiagnosticArticle(
      "C0203", "rows used as a value",
      """
      Pipelines work on rows; conditions, columns and `print` work on values. Rows
      aren't converted to a value, because that could mean their number, their ids or
      all of their fields. Say which you mean: `count($rows)` is the number of rows,
      and `$row.name` is a field of the current row in a `for`. Conversely, a pipeline
      can't start with a variable that holds a single value.
      """,
      wrong: """
        let lost = list where not connected
        print $lost
        """,
      right: """
        let lost = list where not connected
        print count($lost)
        """),
    DiagnosticArticle(
      "C0204", "negative number of rows",
      """
      `first`, `last`, `skip` and `expect count` need a number of rows, 0 or more. In
      other languages, a negative number either counts from the end or drops that many
      rows; before a write, that is too easy to confuse. For the last three rows,
      write `last 3`.
      """,
      wrong: "list | sort by updated_at | first -3",
      right: "list | sort by updated_at | last 3"),
    DiagnosticArticle(
      "C0205", "secret in the wrong place",
      """
      The value of `secret("…")` can only go into `input` or `oauth_token_pair`.
      Anywhere else it could end up on a screen, in a file or in a connection's name,
      where people could read it long after the run. Set it in `input`. If a value
      isn't secret, read it from the environment with `env("…")`.
      """,
      wrong: #"get 36 | update external_id = secret("env:JIRA_API_TOKEN")"#,
      right: #"get 36 | update input = { apitoken: secret("env:JIRA_API_TOKEN") }"#),
    DiagnosticArticle(
      "C0206", "comparison of different types",
      """
      The two sides of a comparison must match: text with text, a number with a
      number, a list with one of its elements. Values of different types are never
      equal, so `==` would select nothing and `!=` every connection, without any sign
      that something is wrong. Write the value in the field's type; to test a list,
      use `has`.
      """,
      wrong: #"list where tags == "tag-ANgeffPL-3gxQwA""#,
      right: #"list where tags has "tag-ANgeffPL-3gxQwA""#),
    DiagnosticArticle(
      "C0207", "values that cannot be sorted",
      """
      Numbers, text, dates and durations have an order; lists and records don't. An
      invented order would put the rows in an arbitrary sequence, and a `first 3`
      after it would pick arbitrary ones. Sort by something computed from the value,
      such as the number of its elements.
      """,
      wrong: "list | sort by tags",
      right: "list | sort by count(tags)"),
    DiagnosticArticle(
      "C0208", "null for a field that needs a value",
      """
      The field can't be null, but the value may be: it is computed from a field that
      can be null. The server would reject the change, or leave a connection without a
      name, in the middle of a run. Provide a fallback with `??`, or keep only rows
      that have a value: `where external_id != null`.
      """,
      wrong: "get 36 | update name = external_id",
      right: "get 36 | update name = external_id ?? name"),
    DiagnosticArticle(
      "C0209", "field of a value that has none",
      """
      A dot reads a part of a json value or record, or a field of the current row in a
      `for`; text, numbers and dates have no parts. If the missing part were null, a
      condition on it would silently match no row. Read the value itself. Anything the
      API returns beyond the known fields is part of `raw`, as in `raw.some_field`.
      """,
      wrong: "list | select id, folder_id.name",
      right: "list | select id, folder_id"),
    DiagnosticArticle(
      "C0210", "wrong number of arguments",
      """
      A function or definition needs exactly the arguments that it declares. A missing
      one has no default: a `replace` without its last argument might mean to remove
      the text, or might be unfinished. Pass all of them, in the order shown in the
      help.
      """,
      wrong: #"list | select id, title = replace(name, "Prod")"#,
      right: #"list | select id, title = replace(name, "Prod", "Test")"#),
    DiagnosticArticle(
      "C0211", "value that must not depend on a row",
      """
      The pattern of `matches` must be the same for every row, and the arguments of
      `env` and `secret` must be literals or come from the command line. A pattern is
      compiled once, before the run, so an invalid one is found before the first
      write; and you know in advance which secrets a script reads. To compare with
      text from a row, use `contains`, `starts with` or `==`; otherwise write the
      value in quotes or use a `param`.
      """,
      wrong: "list where name matches external_id",
      right: "list where name contains external_id"),
    DiagnosticArticle(
      "C0212", "arithmetic on the wrong types",
      """
      `+` and `-` work on numbers, on durations, and on a date and a duration;
      subtracting two dates gives a duration. They don't join text, because a number
      or null among the parts would have to be silently converted to text. Build text
      with `f"…"`, which shows exactly where each space goes.
      """,
      wrong: #"get 36 | update name = "Prod " + name"#,
      right: #"get 36 | update name = f"Prod {name}""#),
    DiagnosticArticle(
      "C0213", "malformed regular expression",
      """
      The pattern of `matches` is a regular expression, and this one is invalid at the
      given character or uses an unsupported feature. Look-around and back-references
      aren't supported, because such patterns can take hours on a single name; without
      them, every pattern finishes quickly. Correct the pattern. For plain text use
      `contains`, and for `*` and `?` use `like`.
      """,
      wrong: #"list where name matches "*JIRA*""#,
      right: #"list where name like "*JIRA*""#),
    DiagnosticArticle(
      "C0214", "loop over a single value",
      """
      `for` goes through the elements of a list, or through rows. A number or a text
      has no elements: it could mean itself, its characters or a number of iterations,
      and every iteration may write. Write a list, as in `[36]`, or a pipeline.
      """,
      wrong: """
        for id in 36 {
          get $id | delete
        }
        """,
      right: """
        for id in [36] {
          get $id | delete
        }
        """),
    DiagnosticArticle(
      "C0215", "`diff` of rows without ids",
      """
      `diff` matches rows by `id`, so both sides need that column. Names aren't unique
      and can change, so without ids a renamed connection would look like one removed
      and another added. Keep `id` in the `select` before it and in the file you
      compare with.
      """,
      wrong: """
        let before = list where connected
        list | select name | diff $before
        """,
      right: """
        let before = list where connected
        list | select id, name | diff $before
        """),
    DiagnosticArticle(
      "C0216", "script parameter of type `rows`",
      """
      A script's parameters get their values from the command line, where you can't
      write rows. The type `rows` is for parameters of a `def`, which is called with a
      variable that holds rows. Declare a `string` parameter for a file name, and
      start the pipeline with `from`.
      """,
      wrong: """
        param rows: rows
        $rows | count
        """,
      right: """
        param file: string = "rows.csv"
        from $file | count
        """),
    DiagnosticArticle(
      "C0217", "chart of rows without a number",
      """
      `chart` draws one bar per row; its length is the column `count`, or else the
      last numeric column. A connection's own numbers are ids, and a bar as long as an
      id tells you nothing. Aggregate the rows with `group by`, or compute a number
      with `select`.
      """,
      wrong: "list | chart",
      right: "list | group by application | chart"),
    DiagnosticArticle(
      "C0218", "token or secret read as plain text",
      """
      A script can't read a variable that holds an API token: `WORKATO_API_TOKEN`,
      or one that a profile's `token` names. It can't read a variable with `env`
      either if it reads it with `secret`, because the text of `env` may be shown and
      stored. When the run starts, `conn` also compares values: another variable with
      the same token or secret in it is refused as well.
      """,
      wrong: #"""
        get 36 | update input = { apitoken: secret("env:JIRA_API_TOKEN") }
        print env("JIRA_API_TOKEN")
        """#,
      right: #"get 36 | update input = { apitoken: secret("env:JIRA_API_TOKEN") }"#),
  ]
}
