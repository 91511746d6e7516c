import Language

/// A file whose rows a run uses.
package struct InputFile: Sendable {
  package let path: String
  package let bytes: [UInt8]
  /// `false` if its rows may contain a credential; then the run keeps no copy.
  package let isKept: Bool

  package init(path: String, bytes: [UInt8], isKept: Bool) {
    self.path = path
    self.bytes = bytes
    self.isKept = isKept
  }
}

extension RowSet {
  /// `true` iff a value looks like a credential, or its column is named like one.
  package var mayHoldCredentials: Bool {
    schema.columns.indices.contains { index in
      let name = schema.columns[index].name
      return rows.contains { row in
        guard let value = try? row.value(index), value != .null else { return false }
        return CredentialScanner.isCredential(value.text, key: name)
      }
    }
  }
}
