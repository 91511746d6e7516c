import Testing

@testable import Evaluation

@Suite struct ExactNumberTests {
  /// Spellings of numbers in ascending order; those of one line are equal.
  private static let ascending: [[String]] = [
    ["-1e1000000000000000000000"], ["-1e999999999999999999999", "-10e999999999999999999998"],
    ["-1e23"], ["-100.01"], ["-100", "-1e2", "-100.00"], ["-99.99"], ["-1"], ["-0.5", "-5e-1"],
    ["-1e-999999999999"],
    ["0", "-0", "0.0", "-0.00", "0e9", "0E+99999999999999999999", "-0e-99999999999999999999"],
    ["1e-1000000000000000000000"], ["1e-999999999999999999999"], ["1e-1000000001"],
    ["1e-1000000000", "10e-1000000001", "0.1e-999999999"], ["1e-999999999"], ["1e-999999998"],
    ["0.1"], ["0.100000000000000000000000000001"], ["0.95", "0.950", "95e-2", "9.5E-1"],
    ["0.9999999999999999999"], ["1", "1.0", "1e0", "1E+0", "10e-1", "0.1e1", "0.00001e5"], ["1.01"],
    ["100", "1e2", "100.00", "1e+2", "1e0002", "1000e-1"], ["118", "118.0", "1.18e2"],
    ["9007199254740992"], ["9007199254740993", "9007199254740993.0"], ["9223372036854775807"],
    ["9223372036854775808"], ["1e23", "100000000000000000000000"],
    ["1.0000000000000000000000000000001e23"], ["1e999999998"],
    ["1e999999999", "10e999999998", "0.1e1000000000"],
    ["1e1000000000", "0.01e1000000002", "100e999999998"],
    ["1e999999999999999999", "10e999999999999999998"],
    ["1e1000000000000000000", "0.1e1000000000000000001"], ["1e1000000000000000000000000000"],
  ]

  @Test func comparesExactly() {
    let numbers = Self.ascending.map { $0.map(ExactNumber.init) }
    for (rank, equal) in numbers.enumerated() {
      for number in equal {
        for (other, others) in numbers.enumerated() {
          for second in others {
            #expect((number < second) == (rank < other), "\(rank) \(other)")
            #expect((number == second) == (rank == other), "\(rank) \(other)")
            #expect((number.canonical == second.canonical) == (rank == other), "\(rank) \(other)")
          }
        }
      }
    }
    #expect(Set(numbers.joined()).count == numbers.count)
  }

  @Test(
    arguments: [
      ("118.0", 118), ("1e2", 100), ("-1.5e1", -15), ("9223372036854775807.0", Int64.max),
      ("-9223372036854775808", .min), ("922337203685477580.7e1", .max), ("0.0", 0), ("-0e5", 0),
      ("9223372036854775808", nil), ("0.5", nil), ("1e-1", nil), ("1e19", nil),
      ("1e999999999999", nil),
      ("1e99999999999999999999999", nil), ("1e-99999999999999999999999", nil),
      ("1.00000000000000000001", nil),
    ] as [(String, Int64?)])
  func knowsIntegers(_ lexeme: String, _ expected: Int64?) {
    #expect(ExactNumber(lexeme).integer == expected)
  }

  /// Neither the exponent's value nor its length is a problem.
  @Test(.timeLimit(.minutes(1))) func comparesHugeNumbers() {
    let nines = String(repeating: "9", count: 100_000)
    #expect(ExactNumber("1e\(nines)") < ExactNumber("1.\(nines)e\(nines)"))
    #expect(
      ExactNumber("10e\(nines)") == ExactNumber("1e1\(String(repeating: "0", count: 100_000))"))
    #expect(ExactNumber("1e-\(nines)") < ExactNumber("0.\(nines)"))
  }
}
