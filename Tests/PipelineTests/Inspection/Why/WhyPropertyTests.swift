import API
import Evaluation
import Inspection
import JSON
import Language
import TestSupport
import Testing
import Text

/// The page agrees with the evaluator and the pipeline.
@Suite struct WhyPropertyTests {
  @Test func rootOfTheTreeIsTheSelection() async throws {
    var random = SplitMix64(seed: 20_261_125)
    var verdicts: [WhyPage.Verdict: Int] = [:]
    for _ in 0..<12 {
      let workspace = RandomWorkspace(rows: 12, &random)
      var maker = RandomPredicate(workspace: workspace, random: random)
      let predicates = (0..<20).map { _ in maker.predicate() }
      random = maker.random
      let connections = try workspace.connections
      for predicate in predicates {
        let pipeline = "list where \(predicate.source)"
        let selected = try await Set(Self.ids(pipeline, connections))
        for connection in connections {
          let page = try WhyPageTests.page(pipeline, connection.id, connections)
          let isSelected = selected.contains(connection.id)
          #expect(page.steps.first?.verdict == "\(isSelected)", "\(pipeline), \(connection.id)")
          #expect(page.verdict == (isSelected ? .selected : .dropped))
          verdicts[page.verdict, default: 0] += 1
        }
      }
    }
    #expect(verdicts[.selected] ?? 0 > 500 && verdicts[.dropped] ?? 0 > 500)
  }

  @Test func selectionIsWhatThePipelineKeeps() async throws {
    var random = SplitMix64(seed: 36)
    var counts: [WhyPage.Verdict: Int] = [:]
    let stages = [
      "first 3", "last 4", "skip 2", "sort by name, id", "sort by updated_at desc",
      "distinct by application", "distinct by folder_id, parent_id",
      "select id, name, application, "
        + "updated_at, folder_id, parent_id, external_id, connected, tags, raw",
      "where folder_id == 42 or connected", "where tags has \"prod\"", "expect count >= 0",
    ]
    for _ in 0..<150 {
      let workspace = RandomWorkspace(rows: 10, &random)
      let connections = try workspace.connections
      let chosen = (0..<random.number(in: 1...4)).map { _ in random.pick(stages) }
      let pipeline = (["list"] + chosen).joined(separator: " | ")
      let kept = try await Set(Self.ids(pipeline, connections))
      for connection in connections {
        let page = try WhyPageTests.page(pipeline, connection.id, connections)
        #expect(
          (page.verdict == .selected) == kept.contains(connection.id), "\(pipeline): \(page.text())"
        )
        counts[page.verdict, default: 0] += 1
      }
    }
    #expect(counts[.selected] ?? 0 > 300 && counts[.dropped] ?? 0 > 300)
  }

  private static func ids(_ pipeline: String, _ connections: [Connection]) async throws -> [Int64] {
    let result = try await PipelineFixture(connections).run(pipeline + " | select id")
    #expect(result.error == nil)
    return result.rows.compactMap { $0["id"]?.int }
  }
}
