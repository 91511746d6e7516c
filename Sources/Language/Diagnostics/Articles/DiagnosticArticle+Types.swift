/// What values are, and where they can stand.
extension DiagnosticArticle {
  static let types: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0201", "value of the wrong type",
      """
      Each place takes values of one type, and none is converted silently: `36` is a
      number, `"36"` is text. If text were converted, a mistake in it would be found
      only in the run, perhaps between two writes, or would pass as 0. Write the value
      in the type that the message names; the help shows how.
      """,
      wrong: #"get "36""#,
      right: "get 36"),
    DiagnosticArticle(
      "C0202", "predicate that is not true or false",
      """
      `where`, `expect`, `and`, `or` and `not` take conditions, which are true or
      false. Some languages take text that is not empty, or a number other than 0, for
      true; few could say without looking it up which connections such a condition
      selects. Compare the value, as in `external_id != null`, `not empty(tags)` or
      `folder_id == 4515`.
      """,
      wrong: "list where external_id",
      right: "list where external_id != null"),
    DiagnosticArticle(
      "C0203", "rows in place of a value",
      """
      Pipelines work on rows; conditions, columns and `print` work on values. Rows are
      not converted into a value, because that could be their number, their ids or all
      of their fields. Say what is meant: `count($rows)` is the number of rows, and
      `$row.name` a field of the row that a `for` is at. In the other direction, a
      pipeline cannot begin with the variable of a value.
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
      `first`, `last`, `skip` and `expect count` take a number of rows, and that is 0
      or more. In other languages a negative number counts from the end, or leaves
      that many rows out; before a write, the two are too easily confused. The last
      three rows are `last 3`.
      """,
      wrong: "list | sort by updated_at | first -3",
      right: "list | sort by updated_at | last 3"),
    DiagnosticArticle(
      "C0205", "secret outside its place",
      """
      What `secret("…")` reads goes into `input` or `oauth_token_pair`, and nowhere
      else. In any other place it could end up on a screen, in a file or in the name
      of a connection, where it can be read long after the run. Set it in `input`. A
      value that is no secret is read from the environment with `env("…")`.
      """,
      wrong: #"get 36 | update external_id = secret("env:JIRA_API_TOKEN")"#,
      right: #"get 36 | update input = { apitoken: secret("env:JIRA_API_TOKEN") }"#),
    DiagnosticArticle(
      "C0206", "comparison of different types",
      """
      The sides of a comparison must fit each other: text and text, a number and a
      number, a list and an element of it. Values of different types are never equal,
      so that `==` would select nothing and `!=` every connection, without a sign that
      anything is wrong. Write the value in the type of the field; a list is asked
      with `has`.
      """,
      wrong: #"list where tags == "tag-ANgeffPL-3gxQwA""#,
      right: #"list where tags has "tag-ANgeffPL-3gxQwA""#),
    DiagnosticArticle(
      "C0207", "values without an order",
      """
      Numbers, text, dates and durations have an order; lists and records have none.
      An order made up for them would put the rows in an arbitrary sequence, and a
      `first 3` behind it would pick arbitrary ones. Sort by something that is
      computed from the value, such as the number of its elements.
      """,
      wrong: "list | sort by tags",
      right: "list | sort by count(tags)"),
    DiagnosticArticle(
      "C0208", "null for a field that needs a value",
      """
      The field cannot be set to null, and the value may be null: a field that it
      reads may have none. The server would refuse such a change, or leave a
      connection without a name, in the middle of a run. Say with `??` what stands for
      null, or keep the rows that have a value: `where external_id != null`.
      """,
      wrong: "get 36 | update name = external_id",
      right: "get 36 | update name = external_id ?? name"),
    DiagnosticArticle(
      "C0209", "part of a value that has none",
      """
      Behind a dot stands a part of a json value or a record, or a field of the row
      that a `for` is at; text, numbers and dates have no parts. If the missing part
      were read as null, a condition on it would quietly hold for no row. Read the
      value itself. What the API sends beyond the known fields is a part of `raw`, as
      in `raw.some_field`.
      """,
      wrong: "list | select id, folder_id.name",
      right: "list | select id, folder_id"),
    DiagnosticArticle(
      "C0210", "wrong number of arguments",
      """
      A function or a definition takes exactly the arguments that it declares. None is
      filled in for one that is missing: a `replace` without its last argument might
      mean to remove the text, or be unfinished. Give all of them, in the order that
      the help shows.
      """,
      wrong: #"list | select id, title = replace(name, "Prod")"#,
      right: #"list | select id, title = replace(name, "Prod", "Test")"#),
    DiagnosticArticle(
      "C0211", "value that must not depend on a row",
      """
      The pattern of `matches` must be the same for every row, and the arguments of
      `env` and `secret` must be written in the script or given on the command line. A
      pattern is read once, before the run, so that a broken one is found before the
      first write; and a script says beforehand which secrets it reads. For text that
      comes from a row, write `contains`, `starts with` or `==`; otherwise write the
      value in quotes, or take it from a `param`.
      """,
      wrong: "list where name matches external_id",
      right: "list where name contains external_id"),
    DiagnosticArticle(
      "C0212", "arithmetic on the wrong types",
      """
      `+` and `-` compute with numbers, with durations, and with a date and a
      duration; two dates have a difference. Text is not joined with them, because a
      number or null among the parts would have to be turned into text silently. Build
      text with `f"…"`, which shows each blank where it will stand.
      """,
      wrong: #"get 36 | update name = "Prod " + name"#,
      right: #"get 36 | update name = f"Prod {name}""#),
    DiagnosticArticle(
      "C0213", "malformed regular expression",
      """
      The pattern of `matches` is a regular expression, and this one is broken at the
      named character or asks for what `conn` does not have. Look-around and
      back-references are left out, because they allow patterns that take hours over
      one name; without them every pattern comes to an end quickly. Correct the
      pattern. For plain text write `contains`, and for `*` and `?` write `like`.
      """,
      wrong: #"list where name matches "*JIRA*""#,
      right: #"list where name like "*JIRA*""#),
    DiagnosticArticle(
      "C0214", "loop over a single value",
      """
      `for` goes through the elements of a list, or through rows. A number or a text
      has no elements: it could stand for itself, for its characters or for a count of
      rounds, and each round may write. Write a list, as in `[36]`, or a pipeline.
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
      "C0215", "comparison of rows without ids",
      """
      `diff` tells by the `id` which rows belong together, so both sides need that
      column. Names are not unique and may have changed, so without ids a renamed
      connection would look like one that was removed and another that was added. Keep
      `id` in the `select` before, and in the file that is compared.
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
      "C0216", "rows as a parameter of the script",
      """
      The parameters of a script get their values from the command line, where rows
      cannot be written. `rows` is a type for the parameters of a `def`, whose calls
      are handed the rows of a variable. Declare a `string` that names a file, and
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
      `chart` draws a bar for each row, as long as its number: `count`, or else the
      last column that is one. The numbers of a connection itself are ids, and a bar
      as long as an id says nothing. Sum the rows up with `group by`, or compute a
      number with `select`.
      """,
      wrong: "list | chart",
      right: "list | group by application | chart"),
  ]
}
