import Language

/// A file whose rows a run is carried out on.
package struct ReadFile: Sendable {
  package let path: String
  package let bytes: [UInt8]
  /// `false` where its rows may hold a credential, which no run keeps.
  package let isKept: Bool

  package init(path: String, bytes: [UInt8], isKept: Bool) {
    self.path = path
    self.bytes = bytes
    self.isKept = isKept
  }
}

extension RowSet {
  /// `true` iff a column is named like a credential, and holds something.
  package var mayHoldCredentials: Bool {
    schema.columns.indices.contains { place in
      let name = schema.columns[place].name
      return rows.contains { row in
        guard let value = try? row.value(place), value != .null else { return false }
        return CredentialScanner.isCredential(value.text, key: name)
      }
    }
  }
}
