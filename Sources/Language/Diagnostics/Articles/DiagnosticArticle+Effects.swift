/// Articles about effects: scripts that change more than intended, and other likely mistakes.
extension DiagnosticArticle {
  static let effects: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0301", "write to the whole workspace",
      """
      A write after a bare `list` would change every connection in the workspace. That
      is rarely intended, and it looks just like a forgotten `where`. Add a `where` or
      another stage that selects rows. If you do mean every connection, write
      `list all`, so that every reader of the script can see it.
      """,
      wrong: "list | disconnect force",
      right: #"list where tags has "tag-ANgeffPL-3gxQwA" | disconnect force"#),
    DiagnosticArticle(
      "C0302", "write to rows that are not connections",
      """
      `update`, `disconnect` and `delete` change the connection that a row represents.
      A row after `group by` or `count` represents several connections, and a row of a
      file none unless every row has an `id`; `conn` can't match them by name, because
      names are not unique. The help names the missing column or the first such row.
      Move the write before the grouping, add a column `id` to the file, or start from
      `list` or `get`.
      """,
      wrong: "list where folder_id == 4515 | group by application | disconnect",
      right: "list where folder_id == 4515 | disconnect | group by application"),
    DiagnosticArticle(
      "C0303", "condition that is the same for every row",
      """
      The condition reads no field, or compares a field that is never null with null.
      It keeps either all rows or none, so a write after it changes everything or
      nothing. A common cause is a field name in quotes, which makes it text. Use a
      field, or remove the condition.
      """,
      wrong: #"list where "application" == "jira""#,
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0304", "negated comparison that matches null",
      """
      A field without a value is null. Null is not equal to any text and in no list,
      so `!=`, `not in` and `not` also keep rows without a value. Before a write, that
      is often more than you meant: here, shells that were never connected have no
      `authorization_status` and would be deleted too. To exclude them, write
      `authorization_status != null and …`, as in `x != null and x not in […]`; to
      include them explicitly, `authorization_status == null or …`.
      """,
      wrong: #"list where authorization_status != "success" | delete"#,
      right: """
        list
        | where authorization_status != null and authorization_status != "success"
        | delete
        """),
    DiagnosticArticle(
      "C0305", "`and` mixed with `or` without parentheses",
      """
      `and` binds tighter than `or`, so `a or b and c` means `a or (b and c)`. Reading
      from left to right suggests the opposite, and then a write reaches connections
      that the last condition was meant to exclude. Add parentheses around the part
      that belongs together, even if `and` already groups it that way.
      """,
      wrong: """
        list
        | where application == "jira" or application == "salesforce" and folder_id == 4515
        | disconnect
        """,
      right: """
        list
        | where (application == "jira" or application == "salesforce") and folder_id == 4515
        | disconnect
        """),
    DiagnosticArticle(
      "C0306", "`first`, `last` or `skip` without `sort by`",
      """
      `first`, `last` and `skip` select rows by position, but the server may return a
      list in a different order each time. The preview could show ten connections, and
      the run could then delete ten others. Add `sort by` before the stage. If any ten
      will do, sort by `id`.
      """,
      wrong: "list where not connected | first 10 | delete",
      right: "list where not connected | sort by updated_at | first 10 | delete"),
    DiagnosticArticle(
      "C0307", "definitions that expand to too many stages",
      """
      Each call is replaced by the stages of its definition, and all calls in a script
      together may expand to at most 20,000 stages. Definitions that call each other
      several times grow exponentially: eight calls on each of five levels make 32,768
      stages. The limit keeps checking fast for every script. Use fewer nested
      definitions; often a single stage does the same.
      """,
      wrong: """
        def d0() = skip 1
        def d1() = d0() | d0() | d0() | d0() | d0() | d0() | d0() | d0()
        def d2() = d1() | d1() | d1() | d1() | d1() | d1() | d1() | d1()
        def d3() = d2() | d2() | d2() | d2() | d2() | d2() | d2() | d2()
        def d4() = d3() | d3() | d3() | d3() | d3() | d3() | d3() | d3()
        def d5() = d4() | d4() | d4() | d4() | d4() | d4() | d4() | d4()
        list | d5()
        """,
      right: "list | skip 32768"),
    DiagnosticArticle(
      "C0308", "too many iterations in a loop that writes",
      """
      A loop that writes may run at most 1,000 iterations; for nested loops, the
      numbers are multiplied. Every iteration fetches the list again, which the API
      allows 60 times a minute, and asks for its own confirmation, and nobody can
      review thousands of those. Stages already act on all of their rows: write one
      pipeline, and its selection is listed, shown and confirmed once.
      """,
      wrong: """
        for row in list where not connected | sort by id | first 2000 {
          get $row.id | delete
        }
        """,
      right: "list where not connected | sort by id | first 2000 | delete"),
    DiagnosticArticle(
      "C0309", "credential in the script",
      """
      Text assigned to a name such as `apitoken` or `password` is probably a
      credential. Scripts get copied, shared and committed, so everyone who can read
      one could use the credential. Store it elsewhere and refer to it:
      `secret("env:JIRA_API_TOKEN")` reads an environment variable, `file:` a file,
      `cmd:` the output of a command. If the credential has already been shared,
      replace it.
      """,
      wrong: #"get 36 | update input = { apitoken: "XXXXXXXX" }"#,
      right: #"get 36 | update input = { apitoken: secret("env:JIRA_API_TOKEN") }"#),
    DiagnosticArticle(
      "C0310", "percent sign in a pattern",
      """
      In a `like` pattern, `*` matches any text and `?` matches one character; SQL's
      `%` is an ordinary character. This pattern has no wildcard, so it matches only
      text with a literal percent sign, which probably no connection has. Write `*`.
      To search for a percent sign, use `contains`.
      """,
      wrong: #"list where name like "Prod%""#,
      right: #"list where name like "Prod*""#),
    DiagnosticArticle(
      "C0311", "`lookup` after a write",
      """
      `lookup` takes its connections from one list, which is read before the first
      write of the pipeline. After a write, that list would show the workspace as it
      was. Look the rows up first, or bind the outcomes with `let` and look them up
      in a pipeline of their own.
      """,
      wrong: "get 36 | update folder_id = 4515 | lookup by id",
      right: "get 36 | lookup by id | update folder_id = 4515"),
    DiagnosticArticle(
      "C0312", "write to deleted connections",
      """
      After `delete`, a write acts only on the rows that were deleted, so every call
      would answer that the connection doesn't exist. To write to the connections that
      could not be deleted, keep the outcomes in a variable, and select by them in a
      pipeline of its own. A `create` may follow, since it makes new connections.
      """,
      wrong: "get 36 | delete | disconnect",
      right: """
        let gone = get 36 | delete
        for row in $gone | where outcome == "rejected" {
          get $row.id | disconnect force
        }
        """),
    DiagnosticArticle(
      "C0313", "write to rows whose last write failed",
      """
      If a write to a row isn't done, later writes to the same row are skipped, so
      that a `delete` doesn't follow an `update` that failed. Rows selected by an
      outcome such as `rejected` are all of that kind, and nothing would be sent for
      them. To try something else on these connections, read them again with `get`.
      """,
      wrong: """
        let done = get 36, 37 | disconnect
        $done | where outcome == "rejected" | disconnect force
        """,
      right: """
        let done = get 36, 37 | disconnect
        for row in $done | where outcome == "rejected" {
          get $row.id | disconnect force
        }
        """),
  ]
}
