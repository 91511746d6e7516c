import API
import Evaluation
import JSON
import Language

/// Counts the values of fields, so that the checker can warn about a misspelt one.
package enum KnownValues {
  /// Returns the number of occurrences of each value of each field of texts or whole numbers. The
  /// result is empty if there are no rows.
  package static func of(_ connections: [Connection]) -> [String: [String: Int]] {
    let names = Field.readable.map(\.name)
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        counts(of: name, in: connections).map { (name, $0) }
      })
  }

  /// Returns the number of occurrences of each value of one field. The result is `nil` for a field of
  /// another kind, and if no row has a value, because the field may not have been loaded.
  package static func counts(of name: String, in connections: some Sequence<Connection>)
    -> [String: Int]?
  {
    guard let field = Field.named(name), field.isCounted else { return nil }
    let counts = counts(of: field, in: connections)
    return counts.isEmpty ? nil : counts
  }

  /// Returns the values of one field, for which the rows are looked at when it is asked for them;
  /// `nil` for a field of another kind.
  package static func values(of name: String, in rows: Rows) -> KnownFieldValues? {
    guard let field = Field.named(name), field.isCounted else { return nil }
    return KnownFieldValues(
      contains: { text in
        let bytes = Array(text.utf8)
        return rows.contains { $0.connection?.has(text, bytes, in: field) ?? false }
      },
      counts: { counts(of: field, in: rows.lazy.compactMap(\.connection)) })
  }

  private static func counts(of field: Field, in connections: some Sequence<Connection>)
    -> [String: Int]
  {
    connections.reduce(into: [:]) { counts, connection in
      for text in connection.texts(of: field) { counts[text, default: 0] += 1 }
    }
  }
}

extension Connection {
  /// Returns whether a field has this value, or is a list that has it. `bytes` are those of `text`.
  fileprivate func has(_ text: String, _ bytes: [UInt8], in field: Field) -> Bool {
    guard let (rows, index) = object.row, let place = rows.place(of: field.name, in: index) else {
      return texts(of: field).contains(text)
    }
    return switch rows.kind(at: place) {
    case .string: rows.withText(at: place) { $0.hasSameBytes(as: bytes) } ?? false
    case .null: false
    default: texts(of: field).contains(text)
    }
  }
}
