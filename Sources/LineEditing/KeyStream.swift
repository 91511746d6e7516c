import Glibc

/// Reads keys from the terminal, byte by byte, starting with those typed before the line began.
///
/// It delivers complete characters only, since readline may wait forever for the rest of a partial
/// one. Invalid UTF-8 becomes U+FFFD.
package struct KeyStream {
  private var typedAhead: ArraySlice<UInt8> = []
  /// The remaining bytes of a character whose first byte has been delivered.
  private var decoded: ArraySlice<UInt8> = []
  private(set) var isAtEnd = false

  package var isEmpty: Bool { typedAhead.isEmpty && decoded.isEmpty }

  /// Puts the keys of `others` in front of these.
  package mutating func put(behind others: KeyStream) {
    typedAhead = others.decoded + others.typedAhead + decoded + typedAhead
    decoded = []
  }

  /// Puts a byte back, to be delivered next.
  mutating func putBack(_ byte: UInt8) { typedAhead = [byte] + typedAhead }

  /// Reads all available keys and keeps them. Bytes that `isMeant` selects are returned instead of
  /// kept; `nil` at the end of the input.
  package mutating func readPending(_ isMeant: (UInt8) -> Bool) -> [UInt8]? {
    var picked: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while Interruption.hasInput() {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      picked += buffer[..<count].filter(isMeant)
      typedAhead += buffer[..<count].filter { !isMeant($0) }
    }
    return picked
  }

  /// Returns the next byte; `nil` at the end of the input, and for a key that `isWayOut` selects.
  package mutating func next(isWayOut: (UInt8) -> Bool) -> UInt8? {
    if let next = decoded.popFirst() { return next }
    guard let first = byte(isWayOut) else { return nil }
    let length = UTF8.lengthOfCharacter(beginningWith: first)
    if length == 1 { return first }
    var bytes = [first]
    while bytes.count < length ?? 0, let next = continuation() { bytes.append(next) }
    let isText = bytes.count == length && String(validating: bytes, as: UTF8.self) != nil
    decoded = (isText ? bytes : Array("\u{FFFD}".utf8))[...]
    return decoded.popFirst()
  }

  /// The next byte of a character; it must arrive within 0.1 s.
  private mutating func continuation() -> UInt8? {
    guard !typedAhead.isEmpty || Interruption.hasInput(within: 0.1),
      let next = byte({ _ in false })
    else { return nil }
    if UTF8.isContinuation(next) { return next }
    putBack(next)
    return nil
  }

  private mutating func byte(_ isWayOut: (UInt8) -> Bool) -> UInt8? {
    if let next = typedAhead.popFirst() { return next }
    while !Interruption.isTermination {
      guard Interruption.waitForInputOrWake() else { continue }
      var byte: UInt8 = 0
      let count = read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { break }
      return isWayOut(byte) ? nil : byte
    }
    Interruption.hangUp()
    isAtEnd = true
    return nil
  }
}

extension UTF8 {
  /// The length of a character in bytes, from its first byte; `nil` if no character starts with it.
  fileprivate static func lengthOfCharacter(beginningWith byte: UInt8) -> Int? {
    switch byte {
    case ..<0x80: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }
}
