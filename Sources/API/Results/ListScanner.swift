/// Finds the first element of an array that is not an object, while the array arrives. A list ends
/// there, so that the rest of a malformed one needn't be read.
package struct ListScanner {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// `true` after the array, or if the answer isn't one.
  private var isOff = false

  package init() {}

  /// Returns `true` iff these bytes, which follow the earlier ones, have such an element.
  package mutating func findsOther(in bytes: ArraySlice<UInt8>) -> Bool {
    if isOff { return false }
    for byte in bytes where isOther(byte) { return true }
    return false
  }

  private mutating func isOther(_ byte: UInt8) -> Bool {
    if isInString { return skip(byte) }
    if isOff || byte == 0x20 || (0x09...0x0D).contains(byte) { return false }
    switch depth {
    case 0: return begin(byte)
    case 1: return isOtherElement(byte)
    default: return nest(byte)
    }
  }

  private mutating func begin(_ byte: UInt8) -> Bool {
    if byte == UInt8(ascii: "[") { depth = 1 }
    // A byte order mark may come first.
    isOff = depth == 0 && byte < 0x80
    return false
  }

  private mutating func isOtherElement(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"): depth = 2
    case UInt8(ascii: ","): break
    case UInt8(ascii: "]"): isOff = true
    default: return true
    }
    return false
  }

  private mutating func nest(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    case UInt8(ascii: "\""): isInString = true
    default: break
    }
    return false
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    isInString = isEscaped || byte != UInt8(ascii: "\"")
    isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    return false
  }
}
