extension JSON {
  /// The value on one line without spaces; hidden characters are escaped as `\u…`.
  package var text: String {
    var output = ""
    write(to: &output, indent: nil)
    return output
  }

  /// The value with one element or member per line, indented by two spaces.
  package var indentedText: String {
    var output = ""
    write(to: &output, indent: 0)
    return output
  }

  private func write(to output: inout String, indent: Int?) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .int(let value): output += String(value)
    case .number(let lexeme): output += lexeme
    case .string(let text): output.appendJSONString(text)
    case .array(let values):
      Self.write(values, "[", "]", to: &output, indent: indent) { value, output, inner in
        value.write(to: &output, indent: inner)
      }
    case .object(let object):
      Self.write(object.members, "{", "}", to: &output, indent: indent) { member, output, inner in
        output.appendJSONString(member.name)
        output += inner == nil ? ":" : ": "
        member.value.write(to: &output, indent: inner)
      }
    }
  }

  private static func write<T>(
    _ elements: [T], _ open: String, _ close: String, to output: inout String, indent: Int?,
    _ body: (T, inout String, Int?) -> Void
  ) {
    output += open
    let inner = indent.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { output += "," }
      output.breakLine(inner)
      body(element, &output, inner)
    }
    if !elements.isEmpty { output.breakLine(indent) }
    output += close
  }
}

extension String {
  fileprivate mutating func breakLine(_ indent: Int?) {
    guard let indent else { return }
    self += "\n" + String(repeating: " ", count: indent)
  }

  /// Appends a whole string at once, because appending to `unicodeScalars` copies the existing text.
  fileprivate mutating func appendJSONString(_ text: String) {
    let isPlain = text.unicodeScalars.allSatisfy(\.isPlain)
    self += "\""
    self += isPlain ? text : text.unicodeScalars.map(\.json).joined()
    self += "\""
  }
}

extension Unicode.Scalar {
  fileprivate var isPlain: Bool { self != "\"" && self != "\\" && !mustBeEscaped }

  fileprivate var json: String {
    switch self {
    case "\"": #"\""#
    case "\\": #"\\"#
    case "\n": #"\n"#
    case "\r": #"\r"#
    case "\t": #"\t"#
    default: mustBeEscaped ? escape : String(self)
    }
  }

  /// `true` iff it is a C0, C1, bidirectional or zero-width character.
  private var mustBeEscaped: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }

  private var escape: String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
