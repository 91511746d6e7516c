/// One thing that can be put at the cursor.
package struct Candidate: Hashable, Sendable {
  /// What is inserted, to the letter; nothing is to be added behind it but a blank.
  package let text: String
  package let kind: Kind
  /// One line for a person; may be empty.
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
  /// Returns those that begin with `prefix`; where none does, those that do in other letter case.
  package func matching(_ prefix: String) -> [Candidate] {
    let exact = filter { $0.text.utf8.starts(with: prefix.utf8) }
    guard exact.isEmpty else { return exact }
    let lowered = prefix.lowercased()
    return filter { $0.text.lowercased().utf8.starts(with: lowered.utf8) }
  }

  /// The first of those with equal texts.
  var withoutDuplicates: [Candidate] {
    var seen: Set<String> = []
    return filter { seen.insert($0.text).inserted }
  }
}
