/// Did-you-mean: the nearest of the names that could have stood there.
extension Diagnostic {
  /// Returns a line of help that names the nearest candidate, or `nil` where none is near.
  package static func suggestion(for word: String, among candidates: [String]) -> [String]? {
    nearest(word, among: candidates).map { ["did you mean `\($0)`?"] }
  }

  /// Returns the change to the nearest candidate, or `nil` where none is near.
  static func guess(_ name: Name, among candidates: [String]) -> Fix? {
    nearest(name.text, among: candidates).map { candidate in
      Fix("write `\(candidate)`", [Edit(name.span, candidate)], isCertain: false)
    }
  }

  /// Returns the candidate with the fewest edits, at most a third of its length. One that shares
  /// nothing with the word is not near.
  package static func nearest(_ word: String, among candidates: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let lowered = Array(word.lowercased().unicodeScalars)
    let ranked = candidates.map { candidate in
      (candidate, edits(lowered, Array(candidate.lowercased().unicodeScalars)))
    }
    let best = ranked.min { $0.1 < $1.1 }
    return best.flatMap { candidate, edits in
      let length = max(candidate.count, word.count)
      return edits <= max(1, length / 3) && edits < length ? candidate : nil
    }
  }

  /// The optimal string alignment distance: insertions, deletions, changes, swaps of neighbours.
  private static func edits(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let change = rows[i][j] + (a[i] == b[j] ? 0 : 1)
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, change)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, rows[i - 1][j - 1] + 1)
        }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
