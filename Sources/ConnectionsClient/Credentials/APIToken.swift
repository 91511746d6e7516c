import API
import Text

/// An API token. It has no description, mirror or coding, so it can only end up in one header.
package struct APIToken: Sendable {
  private let text: String

  /// The reason a text is not a token; never contains the text itself.
  package enum Problem: Error, Hashable, Sendable {
    case empty
    case malformed(offset: Int)
  }

  /// Accepts RFC 6750's `b64token`, optionally followed by one newline.
  package init(_ text: String) throws(Problem) {
    let trimmed = text.droppingFinalNewline
    guard !trimmed.isEmpty else { throw .empty }
    guard !trimmed.hasPrefix("=") else { throw .malformed(offset: 0) }
    let body = trimmed.utf8.reversed().drop { $0 == UInt8(ascii: "=") }.reversed()
    if let offset = Array(body).firstIndex(where: { !Self.isTokenCharacter($0) }) {
      throw .malformed(offset: offset)
    }
    self.text = trimmed
  }

  package func isContained(in text: String) -> Bool { text.utf8.contains(self.text.utf8) }

  /// Adds the token to the secrets that are masked.
  func add(to mask: inout SecretMask, from place: String) { mask.add(text, from: place) }

  /// Sixteen hexadecimal digits of the token's SHA-256: they identify a token but don't reveal it.
  package var fingerprint: String { String(Digest.sha256(text.utf8).prefix(16)) }

  /// The value of the `Authorization` header.
  var authorization: String { "Bearer " + text }

  private static func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._~+/".utf8.contains(byte)
    }
  }
}

extension APIToken: CustomStringConvertible, CustomReflectable {
  package var description: String { "‹token›" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension APIToken.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the token is empty"
    case .malformed(let offset):
      "the token has an invalid character at position \(offset + 1); "
        + "was a quote or a space copied with it?"
    }
  }
}
