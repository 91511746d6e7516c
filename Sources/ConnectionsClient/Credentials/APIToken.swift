import Crypto

/// An API token. It has no description, no mirror and no coding: it goes into one header.
package struct APIToken: Sendable {
  private let text: String

  /// Why a text is no token. The text itself is never part of it.
  package enum Problem: Error, Hashable, Sendable {
    case empty
    case malformed(offset: Int)
  }

  /// Takes a token as RFC 6750 spells it (`b64token`), with one newline at the end allowed.
  package init(_ text: String) throws(Problem) {
    let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
    guard !trimmed.isEmpty else { throw .empty }
    guard !trimmed.hasPrefix("=") else { throw .malformed(offset: 0) }
    let body = trimmed.utf8.reversed().drop { $0 == UInt8(ascii: "=") }.reversed()
    if let offset = Array(body).firstIndex(where: { !Self.isTokenCharacter($0) }) {
      throw .malformed(offset: offset)
    }
    self.text = trimmed
  }

  package func isContained(in text: String) -> Bool { text.contains(self.text) }

  /// Sixteen hexadecimal digits of the token's SHA-256, which tell tokens apart and lead to none.
  package var fingerprint: String {
    SHA256.hash(data: Array(text.utf8)).prefix(8).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }

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
      "the token holds a character that no token has (at character \(offset + 1)); "
        + "was a quote or a blank copied with it?"
    }
  }
}
