/// Computes SHA-256 as 64 lower-case hexadecimal digits.
package enum Digest {
  package static func sha256(_ bytes: some Collection<UInt8>) -> String {
    SHA256.hash(Array(bytes)).hexadecimal
  }
}

// A few lines of our own, because a cryptographic library brings its own BoringSSL: a sixth of the
// first build, for one function. The price is speed, about 200 MB/s.

/// SHA-256. Source: FIPS 180-4; names and constants are those of sections 4.1.2, 4.2.2, 5 and 6.2.
private struct SHA256 {
  private static let blockSize = 64
  private var hash: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  static func hash(_ message: [UInt8]) -> [UInt8] {
    var state = SHA256()
    let whole = message.count / blockSize * blockSize
    state.add(message[..<whole])
    state.add(padded(message[whole...], length: message.count)[...])
    return state.hash.indices.flatMap { bigEndianBytes(of: state.hash[$0]) }
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
    for start in stride(from: blocks.startIndex, to: blocks.endIndex, by: Self.blockSize) {
      addBlock(blocks[start..<start + Self.blockSize])
    }
  }

  private mutating func addBlock(_ block: ArraySlice<UInt8>) {
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    Self.fill(&schedule, from: block)
    var state = hash
    for round in 0..<64 {
      let (a, b, c) = (state[0], state[1], state[2])
      let (e, f, g) = (state[4], state[5], state[6])
      let choice = g ^ (e & (f ^ g))
      let majority = (a & b) | (c & (a | b))
      let first =
        state[7] &+ e.rotated(6, 11, 25) &+ choice &+ Self.constants[round] &+ schedule[round]
      let second = a.rotated(2, 13, 22) &+ majority
      state = [first &+ second, a, b, c, state[3] &+ first, e, f, g]
    }
    for index in hash.indices { hash[index] &+= state[index] }
  }

  /// Spreads the 16 words of a block over the 64 rounds.
  private static func fill(_ words: inout InlineArray<64, UInt32>, from block: ArraySlice<UInt8>) {
    for (index, byte) in block.enumerated() {
      words[index / 4] = words[index / 4] << 8 | UInt32(byte)
    }
    for index in 16..<64 {
      let (early, late) = (words[index - 15], words[index - 2])
      let first = early.rotated(7, 18) ^ (early &>> 3)
      let second = late.rotated(17, 19) ^ (late &>> 10)
      words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
    }
  }

  private static let constants: InlineArray<64, UInt32> = [
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
