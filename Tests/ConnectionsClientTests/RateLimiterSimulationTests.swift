import Testing

/// Ten thousand calls over links with jitter against a strict server.
@Suite struct RateLimiterSimulationTests {
  private static let seeds: [UInt64] = [1, 2, 3]

  private func simulate(
    _ link: LinkProfile, processes: Int = 1, _ seed: UInt64
  ) -> LinkSimulation {
    let simulation = LinkSimulation(link, calls: 10_000, processes: processes, seed: seed)
    print(
      "\(link.name), \(processes) process(es), seed \(seed): \(simulation.part) of the permitted",
      "rate, \(simulation.refused) of 10,000 calls refused")
    return simulation
  }

  @Test(arguments: seeds) func nearlyReachesTheRateOnASteadyLink(_ seed: UInt64) {
    let simulation = simulate(.steady, seed)
    #expect(simulation.part >= 0.95)
    #expect(simulation.refused <= 10)
  }

  @Test(arguments: seeds) func nearlyReachesTheRateWithANearServer(_ seed: UInt64) {
    let simulation = simulate(.near, seed)
    #expect(simulation.part >= 0.955)
    #expect(simulation.refused <= 10)
  }

  @Test(arguments: seeds) func reachesThreeQuartersOfTheRateOnABadLink(_ seed: UInt64) {
    let simulation = simulate(.bad, seed)
    #expect(simulation.part >= 0.75)
    #expect(simulation.refused <= 100)
  }

  /// The first calls, before the link is known, cost little.
  @Test func shortRunsNearlyReachTheRate() {
    let runs = (1...50).map { LinkSimulation(.steady, calls: 120, seed: $0) }
    let mean = runs.map(\.part).reduce(0, +) / 50
    print("120 calls: \(mean) of the permitted rate")
    #expect(mean >= 0.945)
    #expect(runs.map(\.refused).reduce(0, +) <= 12)
  }

  @Test func learnsFromRefusals() {
    let simulation = simulate(.torn, 1)
    #expect(simulation.part >= 0.88)
    #expect(simulation.refused <= 60)
  }

  @Test(arguments: [2, 5]) func processesShareTheRate(_ count: Int) {
    for link in [LinkProfile.steady, .near] {
      let simulation = simulate(link, processes: count, 4)
      #expect(simulation.part >= 0.95)
      #expect(simulation.refused <= 10)
      #expect(simulation.fewest >= 9_500 / count, "each has its turn")
    }
    #expect(simulate(.bad, processes: count, 4).part >= 0.75)
  }

  /// The table that `scripts/bench pace` shows: the part of the permitted rate, and the calls in a
  /// thousand that were refused.
  @Test(arguments: [LinkProfile.steady, .near, .bad, .torn])
  func isFasterThanPacingByHand(_ link: LinkProfile) {
    let own = LinkSimulation(link, calls: 10_000, seed: 5)
    var cells = [cell(own.part, own.refused)]
    for policy in HandPolicy.allCases {
      let other = HandSimulation(policy, link, calls: 10_000, seed: 5)
      cells.append(cell(other.part, other.refused))
      #expect(own.part > other.part, "\(policy.rawValue)")
      if policy == .clock { #expect(own.refused * 10 < other.refused) }
    }
    print("pace | \(link.name) | \(cells.joined(separator: " | "))")
  }

  private func cell(_ part: Double, _ refused: Int) -> String {
    let thousandths = Int((part * 1000).rounded())
    return "0.\(String(thousandths + 1000).dropFirst()), \(refused / 10)"
  }
}
