import Crypto
import Text

/// Computes SHA-256 as 64 lower-case hexadecimal digits.
package enum Digest {
  package static func sha256(_ bytes: some Collection<UInt8>) -> String {
    SHA256.hash(data: Array(bytes)).hexadecimal
  }
}
