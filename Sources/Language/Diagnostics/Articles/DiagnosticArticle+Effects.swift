/// What a script does, to how much, and what is rarely meant.
extension DiagnosticArticle {
  static let effects: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0301", "write to the whole workspace",
      """
      A write behind a bare `list` would reach every connection of the workspace. That
      is seldom meant, and a forgotten `where` looks just like it. Add a `where` or
      another stage that chooses rows. If every connection is meant, spell it
      `list all`, so that everyone who reads the script can tell.
      """,
      wrong: "list | disconnect force",
      right: #"list where tags has "tag-ANgeffPL-3gxQwA" | disconnect force"#),
    DiagnosticArticle(
      "C0302", "write to rows that are not connections",
      """
      `update`, `disconnect` and `delete` act on the one connection that a row stands
      for. A row that sums up several, as behind `group by` or `count`, or a row of a
      plain file stands for none, and cannot be matched by name, since names are not
      unique. Put the write before the summary, or start from `list` or `get`.
      """,
      wrong: "list where folder_id == 4515 | group by application | disconnect",
      right: "list where folder_id == 4515 | disconnect | group by application"),
    DiagnosticArticle(
      "C0303", "condition that is the same for every row",
      """
      The condition reads no field, or compares with null a field that is never null.
      So it keeps all rows or none, and a write behind it reaches everything or
      nothing. Often a field stands in quotes, which make it text. Name a field, or
      leave the condition out.
      """,
      wrong: #"list where "application" == "jira""#,
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0304", "negated comparison that takes in null",
      """
      A field without a value is null, and null differs from every text: `!=` and
      `not` therefore keep the rows without a value as well. Before a write that is
      often more than was meant; here, shells that were never connected have no
      `authorization_status` and would be deleted too. Say which it is:
      `authorization_status != null and …` leaves them out,
      `authorization_status == null or …` takes them in.
      """,
      wrong: #"list where authorization_status != "success" | delete"#,
      right: """
        list
        | where authorization_status != null and authorization_status != "success"
        | delete
        """),
    DiagnosticArticle(
      "C0305", "`and` beside `or` without brackets",
      """
      `and` binds tighter than `or`, so `a or b and c` is `a or (b and c)`. Read from
      left to right it seems to be the other way round, and then a write reaches
      connections that the last condition was to leave out. Set brackets around what
      belongs together, even where `and` would bind it so anyway.
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
      "C0306", "choice among rows without an order",
      """
      `first`, `last` and `skip` choose rows by their position, and the server may
      send a list in another order each time. A preview could show ten connections,
      and the run behind it delete ten others. Put `sort by` before the stage. Where
      any ten will do, sort by `id`.
      """,
      wrong: "list where not connected | first 10 | delete",
      right: "list where not connected | sort by updated_at | first 10 | delete"),
    DiagnosticArticle(
      "C0307", "definitions that stand for too many stages",
      """
      A call is replaced by the stages of its definition, and all calls of a script
      together may stand for at most 20,000 of them. Definitions that call one another
      several times grow with each level: eight calls on each of five levels are
      32,768 stages. The limit keeps the check of any script short. Call fewer
      definitions in one another; often a single stage does the same.
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
      "C0308", "loop that writes in too many rounds",
      """
      A loop that writes goes round at most 1,000 times; the rounds of loops inside
      one another multiply. Each round asks for the list again, which the API allows
      60 times a minute, and needs a confirmation of its own, so that nobody could
      look over thousands of them. A stage acts on all of its rows: write one
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
      Text under a name such as `apitoken` or `password` is likely to be a credential.
      Scripts are copied, shared and kept under version control, and everyone who can
      read one could use the credential. Keep it elsewhere and name the place:
      `secret("env:JIRA_API_TOKEN")` reads the environment, `file:` a file, `cmd:` the
      output of a program. A credential that has been shared already should be
      replaced.
      """,
      wrong: #"get 36 | update input = { apitoken: "XXXXXXXX" }"#,
      right: #"get 36 | update input = { apitoken: secret("env:JIRA_API_TOKEN") }"#),
    DiagnosticArticle(
      "C0310", "percent sign in a pattern",
      """
      In a pattern of `like`, `*` stands for any text and `?` for one character; SQL's
      `%` stands for itself. This pattern has neither, so it matches only the one text
      with the percent sign in it, and most likely no connection. Write `*`. To look
      for a percent sign, write `contains`.
      """,
      wrong: #"list where name like "Prod%""#,
      right: #"list where name like "Prod*""#),
  ]
}
