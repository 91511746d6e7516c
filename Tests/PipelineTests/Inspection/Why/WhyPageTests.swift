import API
import Evaluation
import Inspection
import JSON
import Language
import TestSupport
import Testing
import Text

/// Explains why a connection is selected or not.
@Suite struct WhyPageTests {
  private static let now = Timestamp(iso8601: "2026-01-31T10:00:00Z")

  /// The page of the last pipeline of a script, whose earlier ones bind variables.
  static func page(
    _ text: String, _ id: Int64, _ connections: [Connection] = Samples.connections,
    isNarrowed: Bool = false, binding variables: [String: RowSet] = [:]
  ) throws -> WhyPage {
    let scope = Scope { _ in .schema(.connections) }
    let analysis = Analysis(
      Analysis.Input(name: "test", bytes: Array(text.utf8)), vocabulary: .standard, scope: scope)
    let problems = DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
    let script = try #require(analysis.script, Comment(rawValue: problems))
    var environment = Environment(now: try #require(now), process: [:])
    for case .letExpression(let name, let value) in script.statements {
      environment.variables[name] = .value(try Evaluator(environment).constant(value))
    }
    for (name, set) in variables { environment.variables[name] = .rows(set) }
    let pipeline = try #require(script.statements.flatMap(\.pipelines).last)
    let set = RowSet(.connections, connections.map { Row($0) })
    return WhyPage(
      pipeline, id: id, in: Listing(set, isNarrowed: isNarrowed), environment,
      sources: analysis.sources)
  }

  private func text(_ script: String, _ id: Int64, width: Int? = 100) throws -> String {
    try Self.page(script, id).text(width: width)
  }

  @Test func showsTheTreeOfAPredicate() throws {
    let script =
      "let cutoff = ago(90d)\nlist where tags has \"x\" and connection_lost_at < $cutoff"
    expectText(
      try text(script, 36),
      """
      36 (Prod JIRA connection) is not selected by list where tags has "x" and connection_lost_at <
      $cutoff
      false  tags has "x" and connection_lost_at < $cutoff
      true     tags has "x"                                 tags = ["x", "prod"]
      false    connection_lost_at < $cutoff                 connection_lost_at = null, $cutoff =
                                                            2025-11-02T10:00:00Z; a comparison with null
                                                            is false

      """)
  }

  @Test func explainsEveryKindOfNode() throws {
    let script =
      #"list where not connected or (lower(name) contains "jira" and external_id in ["U12904"])"#
      + #" | where if empty(tags) then id > 3 else name matches "^P" | where id between 1 and 9"#
    expectText(
      try text(script, 36),
      """
      36 (Prod JIRA connection) is not selected by list where not connected or (lower(name) contains
      "jira" and external_id in ["U12904"]) | where if empty(tags) then id > 3 else name matches "^P" |
      where id between 1 and 9
      true   not connected or (lower(name) contains "jira" and external_id in ["U12904"])
      false    not connected
      true       connected                                      connected = true, authorization_status =
                                                                "success", authorized_at =
                                                                2015-05-26T22:53:52.528Z,
                                                                connection_lost_at = null
      true     lower(name) contains "jira" and external_id in ["U12904"]
      true       lower(name) contains "jira"                    lower(name) = "prod jira connection", name
                                                                = "Prod JIRA connection"
      true       external_id in ["U12904"]                      external_id = "U12904"
      true   if empty(tags) then id > 3 else name matches "^P"
      false    empty(tags)                                      tags = ["x", "prod"]
      true     id > 3                                           id = 36
      true     name matches "^P"                                name = "Prod JIRA connection"
      false  id between 1 and 9                                 id = 36

      """)
  }

  @Test func explainsNulls() throws {
    expectText(
      try text(
        #"list where description contains "x" or tags has "x" or external_id == null or authorized_at between now() and today() or raw.custom.a == null"#,
        38, width: 80),
      """
      38 (jira_connection) is not selected by list where description contains "x" or
      tags has "x" or external_id == null or authorized_at between now() and today()
      or raw.custom.a == null
      false  description contains "x" or tags has "x" or external_id == null or
             authorized_at between now() and today() or raw.custom.a == null
      false    description contains "x"  description = null; a comparison with null is
                                         false
      false    tags has "x"              tags = []
      false    external_id == null       external_id = "12977"
      false    authorized_at between now() and today()
                   authorized_at = null; a comparison with null is false
      false    raw.custom.a == null      raw.custom.a = [1, 2.50]

      """)
  }

  @Test func showsThePositionInTheRows() throws {
    expectText(
      try text(
        "list | sort by name desc | skip 1 | select id, n = name | first 2 | save \"a.csv\"", 37),
      """
      37 (ACME google sheet account) is not selected by list | sort by name desc | skip 1 | select id, n =
      name | first 2 | save "a.csv"
      kept   sort by name desc  row 5 of 6
      kept   skip 1             row 5 of 6; drops the first 1
      out    first 2            row 4 of 5; keeps the first 2

      """)
    expectText(
      try text("list | distinct by application, folder_id | first 10", 40),
      """
      40 (bell\\u{7} 日本) is not selected by list | distinct by application, folder_id | first 10
      out    distinct by application, folder_id  38 comes before it, also with application = "jira" and
                                                 folder_id = 28940

      """)
    expectText(
      try text("list | last 2", 36),
      """
      36 (Prod JIRA connection) is not selected by list | last 2
      out    last 2  row 1 of 6; keeps the last 2

      """)
  }

  @Test func explainsCountsAndGroups() throws {
    expectText(
      try text("list where connected | count", 36),
      """
      36 (Prod JIRA connection) is selected by list where connected | count
      true   connected  connected = true, authorization_status = "success", authorized_at =
                        2015-05-26T22:53:52.528Z, connection_lost_at = null
      kept   count      1 of the 2 rows counted

      """)
    expectText(
      try text("list | group by application | where count > 7", 36),
      """
      36 (Prod JIRA connection) is selected by list | group by application | where count > 7
      kept   group by application  1 of the 3 rows with application = "jira"

      """)
  }

  @Test func explainsExpectations() throws {
    expectText(
      try text(
        "list | expect count < 10 | expect none name == \"x\" | expect all connected | count", 37),
      """
      37 (ACME google sheet account) is not selected because the run ends early: list | expect count < 10
      | expect none name == "x" | expect all connected | count
      kept   expect count < 10        found 6
      false  expect none name == "x"  name = "ACME google sheet account"
      false  expect all connected     connected = false, authorization_status = "success", authorized_at =
                                      2015-05-26T22:53:52.528Z, connection_lost_at =
                                      2026-01-30T10:00:00-08:00
      error  expect all connected     the run ends here: expected all rows to match; 4 of them did not:
                                      37, 38, 39, 5000000123

      """)
  }

  @Test func endsAtTheFirstWrite() throws {
    expectText(
      try text("list where application == \"jira\" | disconnect force | delete", 36),
      """
      36 (Prod JIRA connection) is selected by list where application == "jira" | disconnect force |
      delete
      true   application == "jira"  application = "jira"
      kept   disconnect force       would be changed

      """)
  }

  @Test func expandsDefinitions() throws {
    let definition =
      "def tagged(tag: string, least: int) = where tags has $tag and id >= $least | first 3\n"
    expectText(
      try text(definition + "list | tagged(\"x\", 30 + 7)", 36),
      """
      36 (Prod JIRA connection) is not selected by list | tagged("x", 30 + 7)
      false  (tags has "x") and (id >= (30 + 7))  from `tagged("x", 30 + 7)`
      true     tags has "x"                       tags = ["x", "prod"]
      false    id >= (30 + 7)                     id = 36, 30 + 7 = 37

      """)
    expectText(
      try text(definition + "list | tagged(\"x\", 30 + 6)", 36),
      """
      36 (Prod JIRA connection) is selected by list | tagged("x", 30 + 6)
      true   (tags has "x") and (id >= (30 + 6))  from `tagged("x", 30 + 6)`
      true     tags has "x"                       tags = ["x", "prod"]
      true     id >= (30 + 6)                     id = 36, 30 + 6 = 36
      kept   first 3                              row 1 of 3; keeps the first 3; from `tagged("x", 30 +
                                                  6)`

      """)
  }

  @Test func explainsDifferences() throws {
    let before = RowSet(
      .connections,
      Samples.connections.map { connection in
        let answer = JSON.Object([("name", .string("Old"))])
        return Row(connection.id == 36 ? connection.merging(answer) : connection)
      })
    let script = "let before = list where connected\nlist | diff $before"
    expectText(
      try Self.page(script, 36, binding: ["before": before]).text(),
      """
      36 (Prod JIRA connection) is selected by list | diff $before
      kept   diff $before  name changed

      """)
    expectText(
      try Self.page(script, 37, binding: ["before": before]).text(),
      """
      37 (ACME google sheet account) is not selected by list | diff $before
      out    diff $before  identical in the other rows

      """)
    expectEqual(try Self.page("list | diff from \"gone.json\"", 37).verdict, .unknown)
  }

  @Test func explainsAMissingConnection() throws {
    expectText(
      try Self.page("list where folder_id == 3", 99, isNarrowed: true).text(width: 60),
      """
      99 is not among the rows of list where folder_id == 3
      out    list where folder_id == 3
                 not among the 6 rows; only `list with runtime`
                 lists connections of runtime users; the server
                 filtered the list; `--no-push` lists every
                 connection

      """)
    expectText(
      try Self.page("get 36, 37", 38).text(),
      """
      38 is not among the rows of get 36, 37
      out    get 36, 37  not among the 6 rows; `get` names other connections

      """)
    expectEqual(try Self.page("list with runtime", 99).text().contains("only `list with"), false)
  }

  @Test func explainsUnreadableValues() throws {
    let odd = try #require(
      Connection(try JSONParser.parse(Array(#"{"id":1,"folder_id":"x\u001b","tags":null}"#.utf8))))
    expectText(
      try Self.page("list where folder_id == 3 or tags has \"a\"", 1, [odd]).text(),
      """
      1 is not selected because the run ends early: list where folder_id == 3 or tags has "a"
      error  folder_id == 3 or tags has "a"        connection 1: `folder_id` is "x\\u001b", which is not of type int
      error    folder_id == 3                      folder_id = unreadable; connection 1: `folder_id` is "x\\u001b", which is not of type int
      false    tags has "a"                        tags = null; a list that is null counts as empty
      error  where folder_id == 3 or tags has "a"  the run ends here: connection 1: `folder_id` is "x\\u001b", which is not of type int

      """)
  }

  @Test func coloursVerdicts() throws {
    let text = try Self.page("list where connected", 37).text(style: .colored)
    #expect(text.contains("\u{1B}[31mfalse\u{1B}[0m"))
  }

  @Test(arguments: [30, 40, 60, 120])
  func linesFitTheWidth(_ width: Int) throws {
    let script =
      "list where (tags has \"prod\" and lower(name) contains \"jira\") or connection_lost_at < now() | first 2"
    let lines = try text(script, 36, width: width).split(separator: "\n")
    #expect(lines.allSatisfy { String($0).displayWidth <= width })
  }
}
