import API
import Evaluation
import Planning
import TestSupport
import Testing
import Text

/// What holds for the table of changes at every width, and its data.
@Suite struct ChangeTablePropertyTests {
  private func text(_ writes: [PlannedWrite], width: Int?) -> String {
    ChangeTable(writes).lines(width: width).joined(separator: "\n")
  }

  @Test func everyLineFits() throws {
    for writes in try SampleWrites.all() {
      for width in Array(20...90) + [132, 200] {
        let lines = ChangeTable(writes).lines(width: width)
        #expect(lines.allSatisfy { $0.displayWidth <= width }, "\(width): \(lines)")
        #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
      }
    }
  }

  /// At any width, the text contains every new value, the name of every connection and every action.
  @Test func newValuesAreNeverCut() throws {
    for writes in try SampleWrites.all() {
      for width in Array(1...90) + [132, 200, nil] {
        let shown = text(writes, width: width).filter { !$0.isWhitespace }
        for write in writes {
          let isShown = write.action == .update
          let words = "\(write.connection?.name ?? write.newName) \(write.actionWords)"
          let wanted =
            words.split(separator: " ").map(String.init)
            + (isShown ? write.members.map { $0.text.filter { !$0.isWhitespace } } : [])
          for text in wanted { #expect(shown.contains(text), "\(width ?? 0): \(text)") }
        }
      }
    }
  }

  // MARK: The first screen

  private func plan(_ writes: [PlannedWrite]...) -> Plan {
    Plan(
      writes.map { writes in
        Plan.Part(
          location: ScriptLocation(file: "x", line: 1, column: 1), selected: writes.count,
          population: nil, writes: writes)
      })
  }

  @Test(arguments: [
    (0, 0, 2), (1, 1, 2), (2, 2, 2), (4, 4, 2), (5, 5, 1), (9, 5, 1), (10, 10, 0), (40, 10, 0),
  ])
  func firstScreenEndsWithAWholeWrite(_ height: Int, _ lines: Int, _ leftOut: Int) throws {
    let table = PlanTable(plan(try SampleWrites.renames()))
    let all = table.lines(width: 80)
    #expect(all.count == 10)
    let screen = table.firstScreen(height: height, width: 80)
    #expect(screen.lines == Array(all.prefix(lines)))
    #expect(screen.leftOut == leftOut)
  }

  @Test func firstScreenAndTheRestAreAllWrites() throws {
    for writes in try SampleWrites.all() {
      for height in 0...60 {
        let table = PlanTable(plan(writes, try SampleWrites.mixed()))
        let screen = table.firstScreen(height: height, width: 40)
        let lines = table.lines(width: 40)
        #expect(screen.lines.count <= height)
        #expect(screen.lines == Array(lines.prefix(screen.lines.count)))
        #expect((0...(writes.count + 3)).contains(screen.leftOut))
        #expect((screen.leftOut == 0) == (screen.lines == lines))
      }
    }
  }

  /// A number says to which sentence the rows belong.
  @Test func severalPartsAreNumbered() throws {
    let table = PlanTable(plan(try [SampleWrites.renames()[0]], [], try SampleWrites.mixed()))
    expectText(
      table.lines(width: nil).joined(separator: "\n"),
      #"""
      1. update 1 outreach connection
      1304  Outreach scope connection
            name       "Outreach scope connection" → "Sales – Outreach scope connection (production, EMEA)"
            folder_id  4515 → 28940
      3. 3 writes
      1304  Outreach scope connection  outreach       disconnect force
        37  日本 Blätter               google_sheets  delete
      1304  Outreach scope connection  outreach       update
            name  "Outreach scope connection" → "Outreach"
      """#)
    #expect(table.firstScreen(height: 5, width: nil).lines.count == 4)
  }

  // MARK: Data

  private func rows(_ writes: [PlannedWrite]) throws -> String {
    try ResultFormat.jsonl.text(ChangeTable(writes).rows)
  }

  @Test func hasARowForEachChangedField() throws {
    expectText(
      try rows(try SampleWrites.renames()),
      #"""
      {"id":1304,"name":"Outreach scope connection","action":"update","field":"name","old":"Outreach scope connection","new":"Sales – Outreach scope connection (production, EMEA)"}
      {"id":1304,"name":"Outreach scope connection","action":"update","field":"folder_id","old":4515,"new":28940}
      {"id":37,"name":"日本 Blätter","action":"update","field":"name","old":"日本 Blätter","new":"日本の売上を集計するためのスプレッドシート接続・東京本社 2026"}
      {"id":37,"name":"日本 Blätter","action":"update","field":"external_id","old":"a\nb","new":"line one\nline two"}
      {"id":37,"name":"日本 Blätter","action":"update","field":"folder_id","old":null,"new":28940}

      """#)
    expectText(
      try rows(try SampleWrites.mixed()),
      #"""
      {"id":1304,"name":"Outreach scope connection","action":"disconnect force","field":null,"old":null,"new":null}
      {"id":37,"name":"日本 Blätter","action":"delete","field":null,"old":null,"new":null}
      {"id":1304,"name":"Outreach scope connection","action":"update","field":"name","old":"Outreach scope connection","new":"Outreach"}

      """#)
    expectText(
      try rows(try SampleWrites.creates()),
      #"""
      {"id":null,"name":"Prod JIRA connection","action":"create","field":"name","old":null,"new":"Prod JIRA connection"}
      {"id":null,"name":"Prod JIRA connection","action":"create","field":"application","old":null,"new":"jira"}
      {"id":null,"name":"Prod JIRA connection","action":"create","field":"folder_id","old":null,"new":1892}
      {"id":null,"name":"Prod JIRA connection","action":"create","field":"input","old":null,"new":{"host":"‹hidden›","apitoken":"‹secret env:JIRA_TOKEN›"}}
      {"id":null,"name":"Child","action":"create","field":"name","old":null,"new":"Child"}
      {"id":null,"name":"Child","action":"create","field":"application","old":null,"new":"jira"}
      {"id":null,"name":"Child","action":"create","field":"parent_id","old":null,"new":"{new1}"}

      """#)
  }

  @Test func dataCanBeWrittenInEveryFormat() throws {
    let rows = ChangeTable(try SampleWrites.all().flatMap { $0 }).rows
    for format in ResultFormat.allCases { #expect(try !format.text(rows).isEmpty) }
  }
}
