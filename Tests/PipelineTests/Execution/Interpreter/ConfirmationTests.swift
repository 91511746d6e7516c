import Evaluation
import Execution
import Planning
import TestSupport
import Testing
import Text

/// The question before writes: how much of the plan fits on the screen, and how to see the rest.
@Suite struct ConfirmationTests {
  private let fixture = PipelineFixture()

  private func ask(
    _ text: String, _ answers: [String], _ screen: ScreenSize?
  ) async throws -> (terminal: ScriptedTerminal, result: PipelineFixture.Result) {
    let terminal = ScriptedTerminal(answers, screen: screen)
    let result = try await fixture.run(text, answers: answers) { $0.terminal = terminal }
    return (terminal, result)
  }

  private static let renames = #"""
    list where id < 100 | sort by id
    | update name = f"{name} of the European sales department", folder_id = 1
    """#

  @Test func aPlanThatFitsIsShownAsAWhole() async throws {
    let size = ScreenSize(columns: 80, rows: 40)
    let (terminal, result) = try await ask(Self.renames, ["5"], size)
    #expect(result.error == nil)
    #expect(terminal.shown.read { $0 } == ["Type 5 to continue: "])
    expectText(
      fixture.output.talk.first ?? "",
      #"""
      Workspace https://www.workato.com
      update 5 connections
      36  Prod JIRA connection       jira
          name       "Prod JIRA connecti…" → "Prod JIRA connection of the European
                                             sales department"
          folder_id  4515 → 1
      37  ACME google sheet account  google_sheets
          name       "ACME google sheet …" → "ACME google sheet account of the
                                             European sales department"
          folder_id  4515 → 1
      38  jira_connection            jira
          name       "jira_conn…" → "jira_connection of the European sales department"
          folder_id  28940 → 1
      39  =1+1, "quoted"             slack
          name       "=1+1, \"quoted\"" → "=1+1, \"quoted\" of the European sales
                                          department"
          folder_id  null → 1
      40  bell\u{7} 日本             jira
          name       "bell\u000…" → "bell\u0007 日本 of the European sales department"
          folder_id  28940 → 1

      Update `name` and `folder_id` of the 5 connections (of 6) that have `id` below
      100.
      This takes about 5 s.
      """#)
  }

  @Test func aLongerPlanShowsItsFirstScreenAndAllOnRequest() async throws {
    let size = ScreenSize(columns: 80, rows: 14)
    let (terminal, result) = try await ask(Self.renames, ["v", "V", "5"], size)
    #expect(result.error == nil)
    let question = "Type 5 to continue, or v to view all: "
    let shown = terminal.shown.read { $0 }
    #expect(shown.count == 5)
    #expect([0, 2, 4].allSatisfy { shown[$0] == question })
    #expect(shown[1].hasPrefix("update 5 connections\n36  Prod JIRA connection "))
    #expect(shown[1].hasSuffix("    folder_id  28940 → 1\n"))
    let talk = fixture.output.talk
    #expect(talk.count >= 3)
    let first = talk[0].split(separator: "\n", omittingEmptySubsequences: false)
    #expect(first.count + 1 <= 14)
    #expect(first.contains("… and 4 more"))
    #expect(first.last == "This takes about 5 s.")
    // The sentence and the time stand above each question.
    #expect(talk[1].hasPrefix("\nUpdate `name`") && talk[1].hasSuffix("This takes about 5 s."))
    #expect(talk[1] == talk[2])
  }

  @Test func oneLongWriteIsCutAndCanBeViewed() async throws {
    let size = ScreenSize(columns: 40, rows: 12)
    let text = #"get 36 | update name = replace("aaaaaaaaaa", "a", "0123456789 abcdefghi ")"#
    let (terminal, result) = try await ask(text, ["v", "y"], size)
    #expect(result.error == nil)
    let shown = terminal.shown.read { $0 }
    #expect(shown.first == "Continue? [y/N, or v to view all] ")
    #expect(fixture.output.talk[0].contains("\n…\n\n"))
    #expect(shown[1].filter { $0 == "9" }.count == 10)
  }

  @Test func viewingIsNoAnswerToAnythingElse() async throws {
    let (terminal, result) = try await ask(Self.renames, ["v"], nil)
    #expect(result.error?.exitCode == .notConfirmed)
    #expect(terminal.shown.read { $0 } == ["Type 5 to continue: "])
  }

  /// Without pages, everything is shown at once.
  @Test func aTerminalWithoutPagesShowsEverything() async throws {
    let (terminal, _) = try await ask(Self.renames, ["5"], ScreenSize(columns: 40, rows: nil))
    #expect(terminal.shown.read { $0 } == ["Type 5 to continue: "])
    let lines = fixture.output.talk[0].split(separator: "\n")
    #expect(lines.allSatisfy { $0.description.displayWidth <= 40 })
    #expect(fixture.output.talk[0].contains("40  bell"))
  }
}
