import Foundation

/// A text that must not leave the program, except for the one place it is meant for.
struct Sentinel: Sendable {
  let name: String
  let text: String
  /// `true` for tokens: they belong into the `Authorization` header, or nowhere.
  var isToken = false

  /// The encodings to search for, each different from the others.
  let forms: [[UInt8]]

  init(_ name: String, _ text: String, isToken: Bool = false) {
    self.name = name
    self.text = text
    self.isToken = isToken
    var seen: Set<[UInt8]> = []
    forms = Self.forms(of: text).map { Array($0.utf8) }.filter { seen.insert($0).inserted }
  }

  /// As it is, as JSON in two spellings and twice, in code units, percent-encoded in both cases, in base64
  /// at each of three offsets in both alphabets, and in hexadecimal digits.
  private static func forms(of text: String) -> [String] {
    let json = escaped(text)
    let units = text.utf16.map { "\\u" + String(format: "%04x", $0) }.joined()
    let percent = Array(text.utf8).map { byte in
      let scalar = Unicode.Scalar(byte)
      return byte < 0x80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? String(scalar) : String(format: "%%%02X", byte)
    }.joined()
    let base64 = (0..<3).map { fragment(Array(text.utf8), after: $0) }
    return [
      text, json, json.replacing("/", with: "\\/"), escaped(json), units, percent,
      percent.lowercased(), percent.replacing("%", with: "%25"),
      text.utf8.map { String(format: "%02x", $0) }.joined(),
    ] + base64 + base64.map { $0.replacing("+", with: "-").replacing("/", with: "_") }
  }

  private static func escaped(_ text: String) -> String {
    let data = try? JSONEncoder.plain.encode([text])
    return String(String(decoding: data ?? Data(), as: UTF8.self).dropFirst(2).dropLast(2))
  }

  /// The characters of a base64 text that depend on these bytes alone.
  private static func fragment(_ bytes: [UInt8], after offset: Int) -> String {
    let count = (offset + bytes.count) / 3 * 3
    let whole = Data(([UInt8](repeating: 0, count: offset) + bytes).prefix(count))
    return String(whole.base64EncodedString().dropFirst(offset == 0 ? 0 : 4))
  }
}

extension JSONEncoder {
  fileprivate static var plain: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return encoder
  }
}
