import JSON
import Language
import Text

/// A file whose rows a run uses.
package struct InputFile: Sendable {
  package let path: String
  package let bytes: [UInt8]
  /// `false` if its rows may contain a credential; then the run keeps no copy.
  package let isKept: Bool
  /// The SHA-256 of the content; of a file that isn't kept, with its credentials blanked.
  package let sha256: String

  /// Creates a file with these rows. Its values may end up in confidential fields if it
  /// `feedsCredentials`.
  package init(path: String, bytes: [UInt8], rows: RowSet, feedsCredentials: Bool) {
    self.path = path
    self.bytes = bytes
    isKept = !feedsCredentials && !rows.mayHoldCredentials
    sha256 =
      isKept ? Digest.sha256(bytes) : rows.blankedDigest(feedsCredentials: feedsCredentials)
  }
}

extension RowSet {
  /// The SHA-256 of the rows without what may be a credential: the values of columns such as
  /// `password`, or, if rows may end up in confidential fields, everything but the ids.
  package func blankedDigest(feedsCredentials: Bool) -> String {
    let names = schema.columns.map(\.name)
    let shown = names.indices.filter {
      feedsCredentials ? names[$0] == "id" : !CredentialName.fits(names[$0]) && names[$0] != "raw"
    }
    let lines = rows.map { row in
      JSON.array(shown.map { (try? row.value($0).json) ?? .null }).text
    }
    return Digest.sha256((names + lines).joined(separator: "\n").utf8)
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
