/// Encodes bytes as base64 (RFC 4648, with padding).
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  package static func text(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: bytes.count, by: 3).map { group(bytes[$0..<min($0 + 3, bytes.count)]) }
      .joined()
  }

  /// Returns the four characters for one to three bytes.
  private static func group(_ bytes: ArraySlice<UInt8>) -> String {
    let padded = Array(bytes) + [UInt8](repeating: 0, count: 3 - bytes.count)
    let bits = padded.reduce(0) { $0 << 8 | Int($1) }
    let characters = [18, 12, 6, 0].map { alphabet[bits >> $0 & 63] }
    return String(characters.prefix(bytes.count + 1))
      + String(repeating: "=", count: 3 - bytes.count)
  }
}
