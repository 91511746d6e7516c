import Crypto

/// SHA-256 in lower-case hexadecimal, 64 digits.
package enum Digest {
  package static func sha256(_ bytes: some Collection<UInt8>) -> String {
    var digits: [UInt8] = []
    for byte in SHA256.hash(data: Array(bytes)) {
      digits.append(alphabet[Int(byte >> 4)])
      digits.append(alphabet[Int(byte & 15)])
    }
    return String(decoding: digits, as: UTF8.self)
  }

  private static let alphabet = Array("0123456789abcdef".utf8)
}
