/// Numbers the results of a session `$1`, `$2`, …, and keeps the newest ones.
struct ResultNumbers {
  /// The maximum number of results kept, and of rows in all of them. The last result is always
  /// kept.
  private static let (maxResults, maxRows) = (100, 500_000)

  /// The number of the last result.
  private var last = 0
  /// The results that still have their numbers, oldest first.
  private var kept: [(number: Int, rows: Int)] = []

  /// Returns the name of a new result, and the names of older results to drop.
  mutating func add(rows: Int) -> (name: String, forgotten: [String]) {
    last += 1
    kept.append((last, rows))
    var forgotten: [String] = []
    while kept.count > 1, kept.count > Self.maxResults || keptRows > Self.maxRows {
      forgotten.append("\(kept.removeFirst().number)")
    }
    return ("\(last)", forgotten)
  }

  /// Forgets the results; their numbers are not used again.
  mutating func forget() { kept = [] }

  private var keptRows: Int { kept.reduce(0) { $0 + $1.rows } }
}
