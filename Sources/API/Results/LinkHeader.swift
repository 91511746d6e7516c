import Text

/// Reads the `Link` headers of an answer. Source: RFC 8288, 3 and B.2.
struct LinkHeader {
  private var rest: Substring

  /// Returns the URI reference of the first link to the next page, `nil` if there is none, or an empty
  /// text if a header that seems to contain one is malformed.
  static func next(in headers: [Answer.Header]) -> String? {
    for header in headers where header.name.lowercased() == "link" {
      var links = LinkHeader(rest: header.value[...])
      if let reference = links.next() { return reference }
    }
    return nil
  }

  private mutating func next() -> String? {
    while true {
      rest = rest.drop { $0 == "," || Self.isBlank($0) }
      guard !rest.isEmpty else { return nil }
      guard let link = link() else { return rest.lowercased().contains("next") ? "" : nil }
      if link.isNext { return link.reference }
    }
  }

  /// Reads one link; returns `nil` if it is malformed.
  private mutating func link() -> (reference: String, isNext: Bool)? {
    guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return nil }
    let reference = String(rest.dropFirst().prefix(upTo: end))
    rest = rest[rest.index(after: end)...]
    var relation: String?
    // A link with an anchor says nothing about the list itself.
    var isAnchored = false
    while let parameter = parameter() {
      if parameter.name == "rel" { relation = relation ?? parameter.value }
      if parameter.name == "anchor" { isAnchored = true }
    }
    let relations = (relation ?? "").lowercased().split(whereSeparator: Self.isBlank)
    return (reference, relations.contains("next") && !isAnchored)
  }

  private mutating func parameter() -> (name: String, value: String)? {
    skipBlanks()
    guard rest.first == ";" else { return nil }
    rest = rest.dropFirst()
    skipBlanks()
    let name = token().lowercased()
    skipBlanks()
    guard rest.first == "=" else { return (name, "") }
    rest = rest.dropFirst()
    skipBlanks()
    return (name, rest.first == "\"" ? quoted() : token())
  }

  private mutating func token() -> String {
    let token = rest.prefix { !";,=".contains($0) && !Self.isBlank($0) }
    rest = rest[token.endIndex...]
    return String(token)
  }

  private mutating func quoted() -> String {
    rest = rest.dropFirst()
    var text = ""
    while let character = rest.popFirst(), character != "\"" {
      if character == "\\", let escaped = rest.popFirst() {
        text.append(escaped)
      } else {
        text.append(character)
      }
    }
    return text
  }

  private mutating func skipBlanks() { rest = rest.drop(while: Self.isBlank) }

  private static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t"
  }
}
