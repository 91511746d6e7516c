/// Counts the calls that match each fault, and decides which fault plays.
struct FaultSchedule {
  private let faults: [SimulatorFault]
  private var matched: [Int]

  init(_ faults: [SimulatorFault]) {
    self.faults = faults
    matched = Array(repeating: 0, count: faults.count)
  }

  /// Returns the first fault that plays on `call`; the others count it too.
  mutating func next(_ call: Call) -> SimulatorFault? {
    var playing: SimulatorFault?
    for (index, fault) in faults.enumerated() where fault.matches(call) {
      matched[index] += 1
      if playing == nil && fault.plays(on: matched[index]) { playing = fault }
    }
    return playing
  }
}
