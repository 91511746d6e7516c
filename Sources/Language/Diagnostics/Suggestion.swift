/// "Did you mean" suggestions: the nearest name that would be valid in the same place.
extension Diagnostic {
  /// Returns a help line with the nearest candidate, or `nil` if none is close enough.
  package static func suggestion(for word: String, among candidates: [String]) -> [String]? {
    nearest(word, among: candidates).map { ["did you mean `\($0)`?"] }
  }

  /// Returns a fix that inserts the nearest candidate, or `nil` if none is close enough.
  static func guess(_ name: Name, among candidates: [String]) -> Fix? {
    nearest(name.text, among: candidates).map { candidate in
      Fix("write `\(candidate)`", [Edit(name.span, candidate)], isCertain: false)
    }
  }

  /// Returns the candidate with the smallest edit distance, if that is at most a third of the
  /// longer word's length. A candidate that shares nothing with the word is never near.
  package static func nearest(_ word: String, among candidates: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let lowered = Array(word.lowercased().unicodeScalars)
    var best: (candidate: String, edits: Int)?
    for candidate in candidates where candidate.utf8.count <= 1 << 10 {
      let scalars = Array(candidate.lowercased().unicodeScalars)
      let length = max(scalars.count, lowered.count)
      let most = min(max(1, length / 3), length - 1, (best?.edits ?? .max) - 1)
      guard abs(scalars.count - lowered.count) <= most else { continue }
      let edits = edits(lowered, scalars)
      if edits <= most { best = (candidate, edits) }
    }
    return best?.candidate
  }

  /// Computes the optimal string alignment distance: insertions, deletions, substitutions and swaps
  /// of neighbours.
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
