import Crypto

/// SHA-256 in lower-case hexadecimal, 64 digits.
package enum Digest {
  package static func sha256(_ bytes: some Collection<UInt8>) -> String {
    SHA256.hash(data: Array(bytes)).map(hex).joined()
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return byte < 16 ? "0" + digits : digits
  }
}
