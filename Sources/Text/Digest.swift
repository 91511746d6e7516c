/// Computes SHA-256 as 64 lower-case hexadecimal digits.
package enum Digest {
  package static func sha256(_ bytes: some Collection<UInt8>) -> String {
    sha256Bytes(bytes).hexadecimal
  }

  /// Returns the 32 bytes of the hash.
  package static func sha256Bytes(_ bytes: some Collection<UInt8>) -> [UInt8] {
    SHA256.hash(Array(bytes))
  }
}

// A few lines of our own, because a cryptographic library brings its own BoringSSL: a sixth of the
// first build, for one function. The price is speed, about 200 MB/s. The rounds work on pointers and
// `while`, since a debug build, which runs the tests, doesn't inline subscripts and iterators.

/// SHA-256. Source: FIPS 180-4; names and constants are those of sections 4.1.2, 4.2.2, 5 and 6.2.
private struct SHA256 {
  private static let blockSize = 64
  private var hash: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  static func hash(_ message: [UInt8]) -> [UInt8] {
    var state = SHA256()
    let whole = message.count / blockSize * blockSize
    state.add(message[..<whole])
    state.add(padded(message[whole...], length: message.count)[...])
    return state.hash.flatMap { bigEndianBytes(of: $0) }
  }

  /// Returns the last blocks: the rest of the message, a bit, zeros and the length in bits.
  private static func padded(_ rest: ArraySlice<UInt8>, length: Int) -> [UInt8] {
    let zeros = (2 * blockSize - 9 - rest.count) % blockSize
    let end = [0x80] + [UInt8](repeating: 0, count: zeros) + bigEndianBytes(of: UInt64(length) * 8)
    return Array(rest) + end
  }

  private static func bigEndianBytes(of number: some FixedWidthInteger) -> [UInt8] {
    stride(from: number.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: number >> $0)
    }
  }

  private mutating func add(_ blocks: ArraySlice<UInt8>) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.blockSize) { schedule in
      blocks.withUnsafeBufferPointer { blocks in
        Self.constants.withUnsafeBufferPointer { constants in
          guard var block = blocks.baseAddress, let schedule = schedule.baseAddress,
            let constants = constants.baseAddress
          else { return }
          let end = block + blocks.count
          while block < end {
            Self.fill(schedule, from: block)
            addBlock(schedule, constants)
            block += Self.blockSize
          }
        }
      }
    }
  }

  private mutating func addBlock(
    _ schedule: UnsafePointer<UInt32>, _ constants: UnsafePointer<UInt32>
  ) {
    var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
    var (e, f, g, h) = (hash[4], hash[5], hash[6], hash[7])
    var round = 0
    while round < Self.blockSize {
      let choice = g ^ (e & (f ^ g))
      let majority = (a & b) | (c & (a | b))
      let first = h &+ e.rotated(6, 11, 25) &+ choice &+ constants[round] &+ schedule[round]
      let second = a.rotated(2, 13, 22) &+ majority
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
      round += 1
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { hash[index] &+= word }
  }

  /// Spreads the 16 words of a block over the 64 rounds.
  private static func fill(
    _ words: UnsafeMutablePointer<UInt32>, from block: UnsafePointer<UInt8>
  ) {
    var index = 0
    while index < 16 {
      let bytes = block + 4 * index
      let (high, low) = (UInt32(bytes[0]) &<< 24 | UInt32(bytes[1]) &<< 16, UInt32(bytes[2]) &<< 8)
      words[index] = high | low | UInt32(bytes[3])
      index += 1
    }
    while index < blockSize {
      let (early, late) = (words[index - 15], words[index - 2])
      let first = early.rotated(7, 18) ^ (early &>> 3)
      let second = late.rotated(17, 19) ^ (late &>> 10)
      words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
      index += 1
    }
  }

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

extension UInt32 {
  /// Rotates to the right by each distance, and combines the results with exclusive or.
  @inline(__always) fileprivate func rotated(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> UInt32 {
    rotated(a, b) ^ rotated(c)
  }

  @inline(__always) fileprivate func rotated(_ a: UInt32, _ b: UInt32) -> UInt32 {
    rotated(a) ^ rotated(b)
  }

  @inline(__always) private func rotated(_ distance: UInt32) -> UInt32 {
    self &>> distance | self &<< (32 &- distance)
  }
}
