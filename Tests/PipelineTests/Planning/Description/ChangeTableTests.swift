import API
import Evaluation
import JSON
import Planning
import TestSupport
import Testing

/// The table of changes at all widths, and as data.
@Suite struct ChangeTableTests {
  private func text(_ writes: [PlannedWrite], width: Int?) -> String {
    ChangeTable(writes).lines(width: width).joined(separator: "\n")
  }

  // MARK: Layout

  @Test func showsOldAndNewValues() throws {
    expectText(
      text(try SampleWrites.renames(), width: nil),
      #"""
      update 2 connections
      1304  Outreach scope connection  outreach
            name       "Outreach scope connection" → "Sales – Outreach scope connection (production, EMEA)"
            folder_id  4515 → 28940
        37  日本 Blätter               google_sheets
            name         "日本 Blätter" → "日本の売上を集計するためのスプレッドシート接続・東京本社 2026"
            external_id  "a\nb" → "line one\nline two"
            folder_id    null → 28940
      """#)
    expectText(
      text(try SampleWrites.renames(), width: 80),
      #"""
      update 2 connections
      1304  Outreach scope connection  outreach
            name       "Outreach scope con…" → "Sales – Outreach scope connection
                                               (production, EMEA)"
            folder_id  4515 → 28940
        37  日本 Blätter               google_sheets
            name         "日本 Blätter" → "日本の売上を集計するためのスプレッドシート
                                          接続・東京本社 2026"
            external_id  "a\nb" → "line one\nline two"
            folder_id    null → 28940
      """#)
    expectText(
      text(try SampleWrites.renames(), width: 40),
      #"""
      update 2 connections
      1304  Outreach scope connection
            name       "Outreach scope conne…"
                       → "Sales – Outreach
                         scope connection
                         (production, EMEA)"
            folder_id  4515 → 28940
        37  日本 Blätter
            name         "日本 Blätter"
                         → "日本の売上を集計す
                           るためのスプレッド
                           シート接続・東京本
                           社 2026"
            external_id  "a\nb"
                         → "line one\nline
                           two"
            folder_id    null → 28940
      """#)
    expectText(
      text(try SampleWrites.renames(), width: 20),
      #"""
      update 2 connections
      1304  Outreach scope
            connection
        name
          "Outreach scop…"
          → "Sales –
            Outreach scope
            connection
            (production,
            EMEA)"
        folder_id
          4515 → 28940
        37  日本 Blätter
        name
          "日本 Blätter"
          → "日本の売上を
            集計するための
            スプレッドシー
            ト接続・東京本
            社 2026"
        external_id
          "a\nb"
          → "line
            one\nline two"
        folder_id
          null → 28940
      """#)
  }

  @Test func showsActionsThatDiffer() throws {
    expectText(
      text(try SampleWrites.mixed(), width: nil),
      #"""
      1304  Outreach scope connection  outreach       disconnect force
        37  日本 Blätter               google_sheets  delete
      1304  Outreach scope connection  outreach       update
            name  "Outreach scope connection" → "Outreach"
      """#)
    expectText(
      text(try SampleWrites.mixed(), width: 40),
      #"""
      1304  Outreach scope    disconnect force
            connection
        37  日本 Blätter      delete
      1304  Outreach scope    update
            connection
            name  "Outreach sco…" → "Outreach"
      """#)
    expectText(
      text(try SampleWrites.mixed(), width: 20),
      #"""
      1304  Outreach scope
            connection
        disconnect force
        37  日本 Blätter
        delete
      1304  Outreach scope
            connection
        update
        name
          "Outreach scop…"
          → "Outreach"
      """#)
  }

  @Test func showsCreates() throws {
    expectText(
      text(try SampleWrites.creates(), width: 80),
      #"""
      create 2 jira connections
      new 1  Prod JIRA connection
             folder_id  1892
             input      {"host":"‹hidden›","apitoken":"‹secret env:JIRA_TOKEN›"}
      new 2  Child
             parent_id  new 1
      """#)
    expectText(
      text(try SampleWrites.creates(), width: 40),
      #"""
      create 2 jira connections
      new 1  Prod JIRA connection
             folder_id  1892
             input      {"host":"‹hidden›","ap
                        itoken":"‹secret
                        env:JIRA_TOKEN›"}
      new 2  Child
             parent_id  new 1
      """#)
  }

  @Test func saysTheCommonActionAndApplicationOnce() throws {
    let one = PlannedWrite(.delete, id: 1304, on: try SampleWrites.outreach())
    let two = PlannedWrite(.delete, id: 37, on: try SampleWrites.sheet())
    expectText(
      text([one], width: 80),
      #"""
      delete 1 outreach connection
      1304  Outreach scope connection
      """#)
    expectText(
      text([one, two], width: 80),
      #"""
      delete 2 connections
      1304  Outreach scope connection  outreach
        37  日本 Blätter               google_sheets
      """#)
    expectText(
      text([one, two], width: 40),
      #"""
      delete 2 connections
      1304  Outreach scope connection
        37  日本 Blätter
      """#)
  }

  @Test func isEmptyWithoutWrites() {
    let table = ChangeTable([])
    #expect(table.heading == nil)
    #expect(table.lines(width: 80).isEmpty)
    let screen = PlanTable(Plan()).firstScreen(height: 10, width: 80)
    #expect(screen.lines.isEmpty && screen.leftOut == 0)
    #expect(table.rows.rows.isEmpty)
  }

  /// Values that are sent but don't differ aren't changes.
  @Test func leavesOutFieldsThatStayTheSame() throws {
    let write = SampleWrites.update(
      try SampleWrites.outreach(),
      SampleWrites.member("name", .string("Outreach scope connection")),
      SampleWrites.member("parent_id", .int(36)))
    expectText(
      text([write], width: 80),
      #"""
      update 1 outreach connection
      1304  Outreach scope connection
            parent_id  null → 36
      """#)
  }

  @Test func showsListsOfTextsWithoutBrackets() throws {
    let tagged = try SampleWrites.connection(
      #"{"id":1,"name":"a","application":"jira","tags":["a","b\u0007"]}"#)
    let bare = try SampleWrites.connection(#"{"id":2,"name":"b","application":"jira","tags":[]}"#)
    let tags = { (names: [String]) in
      SampleWrites.member("tags", .array(names.map { .string($0) }))
    }
    expectText(
      text(
        [
          SampleWrites.update(tagged, tags(["a", "b\u{7}", "c"])),
          SampleWrites.update(bare, tags(["a"])), SampleWrites.update(tagged, tags([])),
        ], width: 80),
      #"""
      update 2 jira connections
      1  a
         tags  "a", "b\u0007" → "a", "b\u0007", "c"
      2  b
         tags  none → "a"
      1  a
         tags  "a", "b\u0007" → none
      """#)
  }

  /// Credentials are hidden, even if the API should ever list them.
  @Test func hidesCredentials() throws {
    let connection = try SampleWrites.connection(
      #"{"id":36,"name":"J","application":"jira","input":{"apitoken":"hunter2"}}"#)
    let write = SampleWrites.update(
      connection,
      RequestBody.Member(
        "input", .object([RequestBody.Member("apitoken", .confidential(.string("hunter3")))])))
    expectText(
      text([write], width: 80),
      #"""
      update 1 jira connection
      36  J
          input  {"apitoken":"‹hidden›"}
      """#)
  }

  @Test func hidesWhatCouldTurnTheTextAround() throws {
    let connection = try SampleWrites.connection(#"{"id":1,"name":"a\u202Eb\u001B[31m"}"#)
    let write = SampleWrites.update(
      connection, SampleWrites.member("name", .string("x\u{2066}\u{9B}31m\ny")))
    expectText(
      text([write], width: nil),
      #"""
      update 1 connection
      1  a\u{202E}b\u{1B}[31m
         name  "a\u202eb\u001b[31m" → "x\u2066\u009b31m\ny"
      """#)
  }

  @Test func combiningMarksTakeNoRoom() throws {
    let name = String(repeating: "e\u{301}", count: 20)
    let write = SampleWrites.update(
      try SampleWrites.outreach(), SampleWrites.member("name", .string(name)))
    #expect(ChangeTable([write]).lines(width: 60).last?.hasSuffix(" → \"\(name)\"") == true)
  }
}
