import API
import Evaluation
import Execution
import JSON
import Language
import Planning
import Testing

/// Creates the plan that undoes a run.
@Suite struct UndoPlanTests {
  /// Runs the script, and returns the calls that would undo it.
  private func inverse(of text: String) async throws -> [WriteCall] {
    let fixture = PipelineFixture()
    let result = try await fixture.run(text)
    #expect(result.error?.message == nil)
    let journal = try ParsedJournal(fixture.runs.journal)
    let document = try UndoPlanner(RunHistory(journal), of: "run-1").plan(
      sha256: journal.hash, at: Timestamp(microseconds: 0), on: PipelineFixture.workspace)
    return document.plan.writes.map(\.call)
  }

  /// The parent of 38 is 36; 36 has none.
  @Test(
    arguments: [
      ("get 38 | update parent_id = 37", 38, .int(36)),
      ("get 38 | update parent_id = null", 38, .int(36)),
      ("get 36 | update parent_id = 37", 36, .null),
      ("get 38 | update parent_id = 37 | update parent_id = 40", 38, .int(36)),
    ] as [(String, Int64, JSON)])
  func restoresTheParent(_ text: String, _ id: Int64, _ parent: JSON) async throws {
    let calls = try await inverse(of: text)
    #expect(calls == [.update(id: id, [RequestBody.Member("parent_id", .json(parent))])])
  }

  @Test func restoresEveryListedField() async throws {
    let calls = try await inverse(
      of: "get 38 | update parent_id = 37, name = \"n\", folder_id = 1, external_id = \"e\"")
    let bodies = calls.map { $0.request.body?.shown.text }
    #expect(
      bodies == [
        #"{"external_id":12977,"folder_id":28940,"name":"jira_connection","parent_id":36}"#
      ])
  }

  @Test func shellOfADeletedConnectionHasItsParent() async throws {
    let calls = try await inverse(of: "get 38 | delete")
    let parents = calls.map { $0.request.body?.shown["parent_id"]?.int }
    #expect(parents == [36])
  }
}
