import API
import Language

/// Counts the values of fields, so that the checker can warn about a misspelt one.
package enum KnownValues {
  /// Returns the number of occurrences of each value of each field of texts or whole numbers. The
  /// result is empty if there are no rows.
  package static func of(_ connections: [Connection]) -> [String: [String: Int]] {
    guard !connections.isEmpty else { return [:] }
    var counts: [String: [String: Int]] = [:]
    for field in Field.readable where field.isCounted {
      let found: [String: Int] = connections.reduce(into: [:]) { counts, connection in
        for text in connection.texts(of: field) { counts[text, default: 0] += 1 }
      }
      // If no row has a value, the field may not have been loaded.
      if !found.isEmpty { counts[field.name] = found }
    }
    return counts
  }
}
