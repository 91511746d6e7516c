import API
import JSON
import Planning
import Testing

@Suite struct PlanPageTests {
  @Test func describesThePlan() async throws {
    let plan = try await PipelineFixture().plan(
      """
      param folder: int = 7
      list where tags has "y" | expect count < 5 | update folder_id = $folder | expect all outcome == "done"
      for x in create name = "p", application = "jira", input = { key: secret("env:KEY") } {
        create name = "c", application = "jira", parent_id = $x.id
      }
      """)
    #expect(
      PlanPage(plan, hash: "0123456789abcdef", PlanPage.Detail(showsHashes: true)).text == #"""
        Plan 0123456789ab
          script      test (sha256 1da5811b0b68)
          parameters  folder = 7
          now()       2026-01-31T10:00:00Z
          host        https://www.workato.com
          token       fingerprint 0123456789ab
          created     2026-01-31T10:00:05Z by conn 0.2.0
          expires     2026-02-01T10:00:05Z
          secrets     env:KEY
          writes      4, about 3 s at 1 per second

        Assumes every write succeeds; `conn apply` won't re-evaluate:
          test:2:75: expect all outcome == "done"

        1. test:2:1: Update `folder_id` of the 2 connections (of 6) that have the tag "y".
           Each satisfies `tags has "y"`.
           `update` of 2 connections can be undone: the previous values are known.

           update 2 connections
                   40  bell\u{7} 日本  jira
                       folder_id  28940 → 7
                       matched: tags is ["y"]
           5000000123  é               outreach
                       folder_id  1892 → 7
                       matched: tags is ["x","y"]

        2. test:3:10: Create 1 connection.
           `create` of 1 connection can be undone with `delete`.

           create 1 jira connection
           new 1  p
                  input  {"key":"‹secret env:KEY›"}

        3. test:4:3: Create 1 connection.
           `create` of 1 connection can be undone with `delete`.

           create 1 jira connection
           new 2  c
                  parent_id  new 1

        """#)
  }

  /// If the rate is known, the page shows the estimated time.
  @Test func showsTheEstimatedTime() async throws {
    let plan = try await PipelineFixture().plan("get 36, 37 | delete")
    #expect(PlanPage(plan, hash: nil, seconds: 130).text.contains("  writes   2, about 2 min\n"))
  }

  /// Without `--verbose`, the page has no fingerprint and no hash.
  @Test func hidesHashes() async throws {
    let plan = try await PipelineFixture().plan("get 36 | delete")
    let page = PlanPage(plan, hash: "0123456789abcdef").text
    #expect(page.hasPrefix("Plan\n  script   test\n  now()    2026-01-31T10:00:00Z\n"))
    #expect(["sha256", "0123456789ab", "fingerprint"].allSatisfy { !page.contains($0) })
  }

  /// Continuation lines are indented further than their first line.
  @Test func indentsContinuationLines() async throws {
    let plan = try await PipelineFixture().plan("list where tags has \"y\" | update folder_id = 7")
    let lines = PlanPage(plan, hash: nil, width: 40).text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 40 })
    let step = lines.drop { !$0.hasPrefix("1. ") }.prefix(2)
    #expect(
      Array(step) == [
        "1. test:1:1: Update `folder_id` of the", "  2 connections (of 6) that have the tag",
      ])
  }

  @Test func escapesHostileNames() async throws {
    let page = PlanPage(try await PipelineFixture().plan("get 40 | delete"), hash: nil).text
    #expect(page.contains(#"40  bell\u{7} 日本"#))
    #expect(!page.contains("\u{7}"))
  }

  /// All rounds of a loop are one step, on the page and in the report.
  @Test func joinsTheRoundsOfALoop() async throws {
    let plan = try await PipelineFixture().plan(
      "for row in list where application == \"jira\" { get $row.id | update external_id = \"e\" }")
    #expect(plan.plan.parts.count == 3)
    let page = PlanPage(plan, hash: nil).text
    let sentence = "Update `external_id` of the 3 connections (of 6), in 3 rounds of a loop."
    #expect(page.contains("\n1. test:1:47: \(sentence)\n"))
    #expect(page.contains("\n   update 3 jira connections\n"))
    #expect(!page.contains("\n2. "))
    let report = PlanReport(plan).page.text()
    #expect(report.contains("in 3 rounds of a loop."))
    #expect(report.contains("3 writes from test:1:47"))
  }

  @Test func truncatesLongGroups() async throws {
    let rows = (100..<130).compactMap { id in
      Connection(
        .object(
          JSON.Object([
            ("id", .int(Int64(id))), ("name", .string("n\(id)")), ("application", .string("jira")),
            ("tags", .null),
          ])))
    }
    let plan = try await PipelineFixture(rows).plan("list all | delete")
    let short = PlanPage(plan, hash: nil).text
    #expect(short.contains("119  n119\n   … and 10 more; --all shows them\n"))
    #expect(!short.contains("n120"))
    let long = PlanPage(plan, hash: nil, PlanPage.Detail(showsAll: true)).text
    #expect(long.contains("129  n129\n"))
    #expect(!long.contains("more"))
  }

  @Test func describesAnEmptyPlan() async throws {
    let plan = try await PipelineFixture().plan("list where name == \"none\" | delete")
    #expect(PlanPage(plan, hash: nil).text.contains("\n  writes   none\n"))
  }

  /// The rounds of a loop have one sentence, with the remark that a single pipeline has.
  @Test func namesTargetsOfALoopWithOtherChildren() async throws {
    let plan = try await PipelineFixture().plan("for x in [36, 37] { get $x | delete }")
    let page = PlanPage(plan, hash: nil).text
    #expect(
      page.contains(
        "in 2 rounds of a loop; 1 has child connections that are not in this list "
          + "(36 \"Prod JIRA connection\").\n"), "\(page)")
    let whole = try await PipelineFixture().plan("for x in [36, 38] { get $x | delete }")
    #expect(!PlanPage(whole, hash: nil).text.contains("child connections"))
  }
}
