import API
import Language

/// Counts the values that text fields have, so that a misspelt one can be told.
package enum KnownValues {
  /// Returns how often each value of each text field, and each tag, occurs; nothing for no rows.
  package static func of(_ connections: [Connection]) -> [String: [String: Int]] {
    guard !connections.isEmpty else { return [:] }
    var counts: [String: [String: Int]] = [:]
    for field in Field.readable where field.type == .string || field.type == .list(.string) {
      let found: [String: Int] = connections.reduce(into: [:]) { counts, connection in
        for text in connection.texts(of: field) { counts[text, default: 0] += 1 }
      }
      // Where no row has any, the field may not have been loaded.
      if !found.isEmpty { counts[field.name] = found }
    }
    return counts
  }
}
