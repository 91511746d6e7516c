import JSON

/// Finds the first element of a list that is not an object with an `id` or `handle`, while the list
/// arrives: an array, or the array `result` of an object. Reading ends there, so that the rest of a
/// malformed list needn't be read.
package struct ListScanner {
  private var depth = 0
  /// The depth inside of the list; `nil` before it.
  private var listDepth: Int?
  private var isInString = false
  private var isEscaped = false
  /// The start of the last string, and whether it has an escape.
  private var string = ShortText()
  private var hasEscape = false
  /// `true` iff the element so far has a member that elements need.
  private var isIdentified = false
  /// `true` after the list, or if the answer has none.
  private var isOff = false

  private static let result = ShortText("result")
  private static let identifiers = ["id", "handle"].map(ShortText.init)

  package init() {}

  /// Returns `true` iff these bytes, which follow the earlier ones, have such an element.
  package mutating func findsOther(in bytes: ArraySlice<UInt8>) -> Bool {
    if isOff { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        if isOther(bytes[index]) { return true }
        index += 1
        if isInString, !isEscaped { index = endOfPlainText(bytes, from: index) }
      }
      return false
    }
  }

  /// Keeps the first bytes of plain text in a string. Returns its end, which is before the next quote,
  /// backslash or other special byte.
  private mutating func endOfPlainText(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int
  {
    let end = PlainText.end(bytes, from: start, to: bytes.count)
    for byte in bytes[start..<end].prefix(ShortText.limit) { string.append(byte) }
    return end
  }

  private mutating func isOther(_ byte: UInt8) -> Bool {
    if isInString { return skip(byte) }
    if isOff || byte == 0x20 || (0x09...0x0D).contains(byte) { return false }
    switch depth {
    case 0: return begin(byte)
    case listDepth: return isOtherElement(byte)
    default: return nest(byte)
    }
  }

  private mutating func begin(_ byte: UInt8) -> Bool {
    if byte == UInt8(ascii: "[") { (depth, listDepth) = (1, 1) }
    if byte == UInt8(ascii: "{") { depth = 1 }
    // A byte order mark may come first.
    isOff = depth == 0 && byte < 0x80
    return false
  }

  private mutating func isOtherElement(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"): (depth, isIdentified) = (depth + 1, false)
    case UInt8(ascii: ","): break
    case UInt8(ascii: "]"): isOff = true
    default: return true
    }
    return false
  }

  private mutating func nest(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): open(byte)
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return close()
    case UInt8(ascii: "\""): (isInString, hasEscape, string) = (true, false, ShortText())
    case UInt8(ascii: ":"): identify()
    // What follows a comma in an object begins with another name.
    case UInt8(ascii: ",") where depth == 1: string = ShortText()
    default: break
    }
    return false
  }

  private mutating func open(_ byte: UInt8) {
    let isList = depth == 1 && byte == UInt8(ascii: "[") && string == Self.result
    if listDepth == nil, isList { listDepth = 2 }
    depth += 1
  }

  /// Returns `true` iff an element ends that lacks what elements need.
  private mutating func close() -> Bool {
    depth -= 1
    isOff = depth == 0
    return depth == listDepth && !isIdentified
  }

  private mutating func identify() {
    guard let listDepth, depth == listDepth + 1 else { return }
    // A name with an escape may be any name.
    isIdentified = isIdentified || hasEscape || Self.identifiers.contains(string)
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    isInString = isEscaped || byte != UInt8(ascii: "\"")
    isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    hasEscape = hasEscape || isEscaped
    if isInString { string.append(byte) }
    return false
  }
}

/// The first bytes of a string, to be compared with a name of at most six.
private struct ShortText: Equatable {
  private var bytes: UInt64 = 0
  private var count = 0

  static let limit = 7

  init() {}

  init(_ text: String) { text.utf8.forEach { append($0) } }

  /// Appends a byte, unless there are ``limit``.
  mutating func append(_ byte: UInt8) {
    guard count < Self.limit else { return }
    bytes = bytes << 8 | UInt64(byte)
    count += 1
  }
}
