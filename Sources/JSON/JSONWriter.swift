/// Writes values as text; hidden characters are escaped as `\u…`.
struct JSONWriter: Sendable {
  private(set) var bytes: [UInt8] = []

  /// Writes a value on one line without spaces or, with an indent, one element or member per line.
  mutating func write(_ value: JSON, indent: Int? = nil) {
    switch value {
    case .null: append(word: "null")
    case .bool(let value): append(word: value ? "true" : "false")
    case .int(let value): append(String(value))
    case .number(let lexeme): append(lexeme)
    case .string(let text): writeString(text)
    case .array(let values):
      write(values, "[", "]", indent) { writer, value, inner in
        writer.write(value, indent: inner)
      }
    case .object(let object): write(object, indent)
    }
  }

  private mutating func write(_ object: JSON.Object, _ indent: Int?) {
    if indent == nil, let (rows, index) = object.row { return rows.write(index, to: &self) }
    write(object.members, "{", "}", indent) { writer, member, inner in
      writer.writeString(member.name)
      writer.append(inner == nil ? ":" : ": ")
      writer.write(member.value, indent: inner)
    }
  }

  private mutating func write<T>(
    _ elements: [T], _ open: String, _ close: String, _ indent: Int?,
    _ body: (inout JSONWriter, T, Int?) -> Void
  ) {
    append(open)
    let inner = indent.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { append(",") }
      breakLine(inner)
      body(&self, element, inner)
    }
    if !elements.isEmpty { breakLine(indent) }
    append(close)
  }

  private mutating func breakLine(_ indent: Int?) {
    if let indent { append("\n" + String(repeating: " ", count: indent)) }
  }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Makes room for that many times the bytes so far, and some more.
  mutating func reserve(forTimes times: Int) {
    bytes.reserveCapacity(bytes.count * (times + 1) / 16 * 17)
  }

  private mutating func append(word: StaticString) {
    append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: text) }

  mutating func writeString(_ text: String) {
    var text = text
    text.withUTF8 { writeString($0) }
  }

  /// Writes a string of this UTF-8, with its quotes.
  mutating func writeString(_ text: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    if PlainText.end(text, from: 0, to: text.count) == text.count {
      append(text)
    } else {
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { append(scalar.json) }
    }
    append(UInt8(ascii: "\""))
  }
}

extension JSON {
  /// The value on one line without spaces.
  package var text: String { text(indent: nil) }

  /// The value with one element or member per line, indented by two spaces.
  package var indentedText: String { text(indent: 0) }

  private func text(indent: Int?) -> String {
    var writer = JSONWriter()
    writer.write(self, indent: indent)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Returns a line for each value.
  package static func lines(_ values: [JSON]) -> String {
    var writer = JSONWriter()
    for (index, value) in values.enumerated() {
      if index == 1_000 { writer.reserve(forTimes: values.count / index) }
      writer.write(value)
      writer.append(UInt8(ascii: "\n"))
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension Unicode.Scalar {
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
