import Language

/// A file whose rows a run is carried out on.
struct ReadFile: Sendable {
  let path: String
  let bytes: [UInt8]
  /// `false` where its rows may hold a credential, which no run keeps.
  let isKept: Bool
}

/// What a journal holds of such a file.
struct RecordedFile: Sendable {
  let sha256: String
  /// `nil` where no copy was kept.
  let bytes: [UInt8]?
}

extension RowSet {
  /// `true` iff a column is named like a credential, and holds something.
  var mayHoldCredentials: Bool {
    schema.columns.indices.contains { place in
      let name = schema.columns[place].name
      return rows.contains { row in
        guard let value = try? row.value(place), value != .null else { return false }
        return ConfidentialText.isCredential(value.text, key: name)
      }
    }
  }
}
