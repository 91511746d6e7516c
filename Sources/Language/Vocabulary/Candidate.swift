/// A completion that can be inserted at the cursor.
package struct Candidate: Hashable, Sendable {
  /// The exact text to insert; nothing but a space needs to be added after it.
  package let text: String
  package let kind: Kind
  /// A one-line description for a person; may be empty.
  package let detail: String

  package enum Kind: String, Sendable {
    case keyword, stage, definition, field, `operator`, function, variable, literal, type, value
  }

  package init(_ text: String, _ kind: Kind, _ detail: String = "") {
    self.text = text
    self.kind = kind
    self.detail = detail
  }
}

extension [Candidate] {
  /// Returns the candidates that begin with `prefix`; if there are none, those that do so when
  /// letter case is ignored.
  package func matching(_ prefix: String) -> [Candidate] {
    let exact = filter { $0.text.utf8.starts(with: prefix.utf8) }
    guard exact.isEmpty else { return exact }
    let lowered = prefix.lowercased()
    return filter { $0.text.lowercased().utf8.starts(with: lowered.utf8) }
  }

  /// The candidates, keeping only the first of those with equal text.
  var withoutDuplicates: [Candidate] {
    var seen: Set<String> = []
    return filter { seen.insert($0.text).inserted }
  }
}
