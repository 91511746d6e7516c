/// The decoded query parameters of a URI. The last of equal names counts, except for `name[]`.
///
/// An empty value counts as absent: `?folder_id=` does not filter.
struct Query {
  private let parameters: [(name: String, value: String)]

  /// Throws the answer 400 if a percent sign is not followed by two hexadecimal digits, or if the
  /// decoded bytes are not UTF-8.
  init(_ encoded: String) throws(HTTPAnswer) {
    var parameters: [(String, String)] = []
    for pair in encoded.utf8.split(separator: UInt8(ascii: "&")) {
      let sides = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let value = sides.count == 2 ? try Self.decode(sides[1]) : ""
      parameters.append((try Self.decode(sides[0]), value))
    }
    self.parameters = parameters
  }

  subscript(name: String) -> String? {
    parameters.last { $0.name == name && !$0.value.isEmpty }?.value
  }

  func contains(_ name: String, _ value: String) -> Bool {
    parameters.contains { $0.name == name && $0.value == value }
  }

  private static func decode(_ encoded: Substring.UTF8View) throws(HTTPAnswer) -> String {
    var bytes: [UInt8] = []
    var rest = encoded
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"): bytes.append(try hexadecimal(&rest))
      default: bytes.append(byte)
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .badRequest }
    return text
  }

  private static func hexadecimal(_ rest: inout Substring.UTF8View) throws(HTTPAnswer) -> UInt8 {
    let digits = rest.prefix(2)
    guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let byte = UInt8(Substring(digits), radix: 16)
    else { throw .badRequest }
    rest = rest.dropFirst(2)
    return byte
  }
}
