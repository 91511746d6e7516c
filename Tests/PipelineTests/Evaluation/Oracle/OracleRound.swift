import API
import Evaluation
import Execution
import Foundation
import JSON
import TestSupport
import Testing
import Text

/// The results of the language and two other implementations for predicates over one workspace.
struct OracleRound: Sendable {
  let seed: UInt64
  let workspace: RandomWorkspace
  let cases: [Case]

  /// One predicate and the ids of the rows that satisfy it.
  struct Case: Sendable {
    let predicate: Term
    let rows: [Int64]
    /// The rows that satisfy the negation.
    let others: [Int64]
    /// The rows without filters on the server.
    let rowsWithoutPushdown: [Int64]
    let isPushedDown: Bool
    let jq: [Int64]
    /// `nil` if SQLite can't express it.
    let sqlite: [Int64]?
  }

  /// Draws a workspace and predicates from a seed, and asks all three.
  init(seed: UInt64, rows: Int, predicates count: Int) async throws {
    var random = SplitMix64(seed: seed)
    let workspace = RandomWorkspace(rows: rows, &random)
    var maker = RandomPredicate(workspace: workspace, random: random)
    let predicates = (0..<count).map { _ in maker.predicate() }
    let answers = try await Self.answers(workspace, predicates)
    let connections = try workspace.connections
    var cases: [Case] = []
    for (index, predicate) in predicates.enumerated() {
      cases.append(
        try await Case(
          predicate, connections, jq: answers.jq[index], sqlite: answers.sqlite[index]))
    }
    self.seed = seed
    self.workspace = workspace
    self.cases = cases
  }

  // MARK: The oracles

  private static func answers(_ workspace: RandomWorkspace, _ predicates: [Term]) async throws
    -> (jq: [[Int64]], sqlite: [[Int64]?])
  {
    let queries = predicates.compactMap(\.sql)
    let jq = try await ask(
      "jq --compact-output --from-file $ORACLE/program $ORACLE/input", JQ.program(predicates),
      workspace.json, answers: predicates.count)
    let sqlite = try await ask(
      "sqlite3 -batch -bail < $ORACLE/program", SQLite.script(workspace, queries), "",
      answers: queries.count)
    var rest = sqlite[...]
    return (jq, predicates.map { $0.sql == nil ? nil : rest.popFirst() })
  }

  /// Runs a command on a program and its input, and reads an array of ids a line.
  private static func ask(
    _ command: String, _ program: String, _ input: String, answers count: Int
  ) async throws -> [[Int64]] {
    let scratch = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: scratch) }
    for (name, text) in [("program", program), ("input", input)] {
      try Data(text.utf8).write(to: scratch.appending(path: name))
    }
    let result = try await Program.shell(command, environment: ["ORACLE": scratch.path])
    let lines = result.output.split(separator: "\n")
    try #require(
      result.exitCode == 0 && lines.count == count,
      "\(result.errors)\nscripts/setup --test installs what the tests compare with")
    return try lines.map { try JSONDecoder().decode([Int64].self, from: Data($0.utf8)) }
  }
}

// MARK: The language

extension OracleRound.Case {
  fileprivate init(
    _ predicate: Term, _ connections: [Connection], jq: [Int64], sqlite: [Int64]?
  ) async throws {
    let fixture = PipelineFixture(connections)
    self.predicate = predicate
    rows = try await fixture.ids(where: predicate)
    isPushedDown = await fixture.server.queries.contains(where: \.isNarrowed)
    others = try await PipelineFixture(connections).ids(where: .not(predicate))
    rowsWithoutPushdown = try await PipelineFixture(connections).ids(where: predicate) {
      $0.pushesDown = false
    }
    self.jq = jq
    self.sqlite = sqlite
  }
}

extension PipelineFixture {
  fileprivate func ids(
    where predicate: Term, configure: (inout RunContext) -> Void = { _ in }
  ) async throws -> [Int64] {
    let text = "list where \(predicate.source) | select id"
    let result = try await run(text, configure: configure)
    try #require(result.error == nil, "\(text): \(result.error?.message ?? "")")
    return result.rows.compactMap { $0["id"]?.int }
  }
}

extension ListQuery {
  fileprivate var isNarrowed: Bool {
    folderID != nil || parentID != nil || externalID != nil || updatedAfter != nil
  }
}
