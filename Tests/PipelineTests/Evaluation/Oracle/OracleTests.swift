import Foundation
import JSON
import Language
import Testing

/// Random predicates over random workspaces: the language, `jq` and SQLite select the same rows.
@Suite struct OracleTests {
  /// Set `CONN_ORACLE_SEED` and `CONN_ORACLE_WORKSPACES` for other or longer runs.
  private static let seed = setting("SEED") ?? 20_260_131
  private static let workspaces = setting("WORKSPACES") ?? 20
  private static let rows = 40
  private static let predicates = 110

  private static func setting(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment["CONN_ORACLE_\(name)"].flatMap { UInt64($0) }
  }

  /// All rounds, drawn and answered once for all tests of the suite.
  private static let rounds = Task {
    try await withThrowingTaskGroup { group in
      for index in 0..<workspaces {
        group.addTask {
          try await OracleRound(seed: seed + index, rows: rows, predicates: predicates)
        }
      }
      return try await group.reduce(into: [OracleRound]()) { $0.append($1) }
    }
  }

  private func rounds() async throws -> [OracleRound] { try await Self.rounds.value }

  /// Records the cases in which `expected` gives other rows; a missing answer is accepted.
  private func expectAgreement(
    with oracle: String, _ expected: (OracleRound.Case) -> [Int64]?
  ) async throws {
    for round in try await rounds() {
      for (index, found) in round.cases.enumerated() {
        guard let wanted = expected(found), wanted != found.rows else { continue }
        Issue.record("\(round.difference(at: index, oracle, wanted))")
      }
    }
  }

  @Test func agreesWithJQ() async throws {
    try await expectAgreement(with: "jq") { $0.jq }
  }

  @Test func agreesWithSQLite() async throws {
    try await expectAgreement(with: "SQLite") { $0.sqlite }
  }

  @Test func pushdownChangesNothing() async throws {
    try await expectAgreement(with: "the same without pushdown") { $0.rowsWithoutPushdown }
    let cases = try await rounds().flatMap(\.cases)
    #expect(cases.count(where: \.isPushedDown) >= 20)
  }

  /// A predicate and its negation divide the rows: no row is lost, and none is in both.
  @Test func negationPartitions() async throws {
    for round in try await rounds() {
      let all = round.workspace.ids
      for found in round.cases where (found.rows + found.others).sorted() != all.sorted() {
        Issue.record("seed \(round.seed): \(found.predicate.source)")
      }
    }
  }

  @Test func predicatesAreNotTrivial() async throws {
    let cases = try await rounds().flatMap(\.cases)
    let choosing = cases.filter { !$0.rows.isEmpty && $0.rows.count < Self.rows }
    #expect(cases.count >= 2_000)
    #expect(choosing.count * 100 >= cases.count * 40, "\(choosing.count) of \(cases.count)")
    #expect(cases.count { $0.sqlite != nil } * 2 > cases.count)
  }

  /// Every operator of the language, and every other part of predicates, occurs often.
  @Test func predicatesUseEveryOperator() async throws {
    let features = try await rounds().flatMap(\.cases).flatMap(\.predicate.features)
    let counts = Dictionary(features.map { ($0, 1) }, uniquingKeysWith: +)
    let operators = ComparisonOperator.allCases.map(\.rawValue) + Self.others
    for name in operators { #expect(counts[name] ?? 0 >= 20, "`\(name)`") }
  }

  private static let others = [
    "between", "not", "and", "or", "??", "if", "+", "-", "unary -", "f\"\"", "[]", "null",
    "number", "text", "timestamp", "duration", "true, false", "connected", "length()", "count()",
    "empty()", "lower()", "upper()", "min()", "max()", "date()", "now()",
    "today()", "ago()", "replace()", "raw.description", "raw.score",
  ]
}

extension OracleRound {
  /// Describes the row in which the language differs, and how to reproduce it.
  fileprivate func difference(at index: Int, _ oracle: String, _ wanted: [Int64]) -> String {
    let found = cases[index]
    let differing = Set(found.rows).symmetricDifference(wanted).sorted()
    let row = workspace.rows.first { $0["id"]?.int == differing.first }
    return """
      seed \(seed), predicate \(index): \(oracle) gives \(wanted), not \(found.rows)
      \(found.predicate.source)
      jq: \(found.predicate.jq)
      SQLite: \(found.predicate.sql ?? "cannot say it")
      \(row?.text ?? "the order differs")
      """
  }
}
