import Evaluation
import Execution
import TestSupport
import Testing
import Text

/// The stage `chart`.
@Suite struct ChartTests {
  private func chart(
    _ script: String, width: Int? = nil, _ glyphs: Glyphs = .blocks,
    style: TextStyle = .plain, _ rows: String? = nil
  ) async throws -> String {
    let fixture = PipelineFixture()
    if let rows { fixture.disk.put("rows.json", rows) }
    let result = try await fixture.run(script) {
      $0.width = width
      $0.glyphs = glyphs
      $0.style = style
    }
    #expect(result.error == nil)
    return fixture.output.text
  }

  /// `n` is the number, `label` the label.
  private func chart(of rows: String, width: Int, _ glyphs: Glyphs = .blocks) async throws -> String
  {
    try await chart("from \"rows.json\" | chart", width: width, glyphs, rows)
  }

  @Test func scalesBarsToTheWidth() async throws {
    expectText(
      try await chart("list | group by application | chart", width: 40),
      """
      application                        count
      jira           ██████████████████      3
      google_sheets  ██████                  1
      slack          ██████                  1
      outreach       ██████                  1

      """)
    expectText(
      try await chart("list | group by application | chart", width: 20),
      """
      app…           count
      jira  ███████      3
      goo…  ██▍          1
      sla…  ██▍          1
      out…  ██▍          1

      """)
  }

  @Test func usesEightyColumnsWithoutATerminal() async throws {
    let text = try await chart("list | group by application, connected | chart")
    #expect(text.split(separator: "\n").allSatisfy { String($0).displayWidth <= 80 })
    #expect(text.contains("jira, true"))
    #expect(text.split(separator: "\n").contains { String($0).displayWidth == 80 })
  }

  @Test func drawsEighthsOfACharacter() async throws {
    let rows = (0...9).map { #"{"label":"\#($0)","n":\#($0)}"# }.joined(separator: ",")
    expectText(
      try await chart(of: "[\(rows)]", width: 12),
      """
      lab…       n
      0          0
      1     ▍    1
      2     ▋    2
      3     █    3
      4     █▍   4
      5     █▋   5
      6     ██   6
      7     ██▍  7
      8     ██▋  8
      9     ███  9

      """)
  }

  @Test func drawsInASCII() async throws {
    expectText(
      try await chart(
        of: #"[{"label":null,"n":-2},{"label":"b","n":4},{"label":"c","n":null}]"#, width: 30,
        .ascii),
      """
      label                        n
      -      ----------           -2
      b      ###################   4
      c                            -

      """)
  }

  private static let extremes =
    #"[{"label":"zero","n":0},{"label":"null","n":null},{"label":"least","n":-9223372036854775808},"#
    + #"{"label":"most","n":9223372036854775807},{"label":"half","n":4611686018427387904},"#
    + #"{"label":"one","n":1}]"#

  @Test func drawsZeroNullNegativeAndHugeValues() async throws {
    expectText(
      try await chart(of: Self.extremes, width: 60),
      """
      label                                                      n
      zero                                                       0
      null                                                       –
      least  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  -9223372036854775808
      most   ███████████████████████████████   9223372036854775807
      half   ███████████████▌                  4611686018427387904
      one    ▏                                                   1

      """)
    expectText(
      try await chart(of: #"[{"label":"most","n":9223372036854775807}]"#, width: 20),
      """
      most
       9223372036854775807

      """)
    expectText(
      try await chart(of: #"[{"label":"a","n":0},{"label":"b","n":0}]"#, width: 20),
      """
      label              n
      a                  0
      b                  0

      """)
  }

  /// A json value is a number in some rows only.
  @Test func drawsJSONNumbers() async throws {
    expectText(
      try await chart("list | select name, x = raw.project_id | chart", width: 40),
      """
      name                                   x
      Prod JIRA connection                   –
      ACME google sheet a…                   –
      jira_connection       ███████████████  7
      =1+1, "quoted"                         –
      bell\\u{7} 日本                         –
      é                                      –

      """)
  }

  @Test func drawsOneRowAndNone() async throws {
    expectEqual(
      try await chart("list | count | chart", width: 20),
      "               count\n█████████████      6\n")
    expectEqual(try await chart("list where id == 1 | group by name | chart"), "0 rows\n")
  }

  @Test func escapesHostileLabels() async throws {
    expectText(
      try await chart(
        of: #"[{"label":"a\u001b[2J\u202eb","n":2},{"label":"日本日本日本日本日本日本","n":1}]"#, width: 30),
      """
      label                        n
      a\\u{1B}[2J\\u{2…  ██████████  2
      日本日本日本日…  █████       1

      """)
  }

  @Test func passesRowsOn() async throws {
    let shown = try await chart(
      "list | group by connected | chart | where connected", width: 20, .ascii)
    #expect(shown.hasSuffix(#"{"connected":true,"count":2}"# + "\n"))
  }

  @Test(arguments: [
    ("group by application", "count"), ("group by application with max(id)", "max_id"),
    ("group by folder_id with min(id) as first, max(id) as last", "last"),
    ("group by application with count() as n", "n"), ("select name, n = id", "n"),
    ("select n = id, raw", "n"), ("select name, j = raw.x", "j"),
  ])
  func choosesTheNumberToDraw(_ stage: String, _ name: String) async throws {
    let head = try await chart("list | \(stage) | chart").split(separator: "\n").first ?? ""
    #expect(head.hasSuffix(" " + name))
  }

  @Test(arguments: [
    ([:], Glyphs.ascii), (["LANG": "C"], .ascii), (["LANG": "en_GB.UTF-8"], .blocks),
    (["LANG": "en_GB.UTF-8", "LC_ALL": "C"], .ascii), (["LC_ALL": "", "LANG": "C.utf8"], .blocks),
    (["LANG": "en_GB.UTF-8", "TERM": "dumb"], .ascii), (["LC_CTYPE": "C.UTF-8"], .blocks),
  ])
  func choosesGlyphsByTheEnvironment(_ environment: [String: String], _ expected: Glyphs) {
    #expect(Glyphs(environment: environment) == expected)
  }
}
