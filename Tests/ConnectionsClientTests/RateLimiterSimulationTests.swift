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
}
