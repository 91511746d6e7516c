import Glibc

/// The keys of the terminal, byte by byte, those first that came before there was a line for them.
///
/// Only whole characters come out: readline may look for the end of half a one for ever. What is
/// none becomes U+FFFD.
package struct KeyStream {
  private var typedAhead: ArraySlice<UInt8> = []
  /// The rest of a character whose first byte has been given out.
  private var decoded: ArraySlice<UInt8> = []
  private(set) var isAtEnd = false

  package var isEmpty: Bool { typedAhead.isEmpty && decoded.isEmpty }

  /// Those come first.
  package mutating func put(behind others: KeyStream) {
    typedAhead = others.decoded + others.typedAhead + decoded + typedAhead
    decoded = []
  }

  /// The byte comes once more.
  mutating func putBack(_ byte: UInt8) { typedAhead = [byte] + typedAhead }

  /// Takes in what has been typed; returns `nil` at the end of the input. What `isMeant` picks out
  /// is returned instead.
  package mutating func takeIn(_ isMeant: (UInt8) -> Bool) -> [UInt8]? {
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

  /// Returns `nil` at the end of the input, and for a key that is the way out of what reads keys.
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

  /// The next byte of a character, which comes together with the first.
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
  /// `nil` where no character begins so.
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
