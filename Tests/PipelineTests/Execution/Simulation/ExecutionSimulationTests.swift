import Foundation
import Testing

@Suite struct ExecutionSimulationTests {
  /// Twenty thousand runs, or as many as `CONN_SIMULATIONS` says; the seed of one that fails is
  /// printed.
  @Test(arguments: 0..<parts)
  func randomRunsKeepTheRules(_ part: UInt64) {
    var kills = 0
    var sends = 0
    var refused = 0
    var batches = 0
    let runs = Self.runs / Self.parts
    for seed in (part * runs)..<((part + 1) * runs) {
      var simulation = ExecutionSimulation(seed: seed)
      simulation.run()
      #expect(simulation.problems.isEmpty, "seed \(seed): \(simulation.problems)")
      kills += simulation.statistics.kills
      sends += simulation.statistics.sends
      refused += simulation.statistics.refused
      batches += simulation.statistics.batches
    }
    print(
      "\(runs) simulated runs: \(sends) calls, \(batches) for many, \(refused) refused, \(kills) kills"
    )
    #expect(kills > 0 && sends > 0 && batches > 0)
    // Short runs learn little about the link, and must not assume what they don't know.
    #expect(refused * 500 <= sends)
  }

  /// Runs that broke a rule once, among a million.
  @Test(arguments: [541_812, 688_199] as [UInt64])
  func rareRunsKeepTheRules(_ seed: UInt64) {
    var simulation = ExecutionSimulation(seed: seed)
    simulation.run()
    #expect(simulation.problems == [])
  }

  /// One run, by the seed that was printed.
  @Test(.enabled(if: only != nil)) func oneSeedKeepsTheRules() throws {
    var simulation = ExecutionSimulation(seed: try #require(Self.only))
    simulation.run()
    #expect(
      simulation.problems.isEmpty,
      "\(String(decoding: simulation.disk, as: UTF8.self)) \(simulation.world.births)")
  }

  private static let only =
    ProcessInfo.processInfo.environment["CONN_SEED"].flatMap(UInt64.init)
  private static let parts: UInt64 = 4
  private static let runs =
    ProcessInfo.processInfo.environment["CONN_SIMULATIONS"].flatMap(UInt64.init) ?? 20_000
}
