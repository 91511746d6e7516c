import Text

/// Rejects texts that may not be what they seem: invalid UTF-8, and control, bidirectional or
/// zero-width characters.
///
/// Source: Boucher and Anderson, "Trojan Source: Invisible Vulnerabilities" (2021).
enum SourceValidator {
  /// Returns the first problem, or `nil` if there is none.
  static func firstProblem(in file: SourceFile) -> Diagnostic? {
    if let utf16 = utf16Problem(file) { return utf16 }
    let bytes = file.bytes
    var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if (0x20..<0x7F).contains(byte) || isLayout(byte) {
        offset += 1
        continue
      }
      guard let (scalar, length) = decode(bytes, at: offset) else {
        return .notUTF8(span(file, offset, 1))
      }
      if scalar.isHidden { return .hidden(scalar, span(file, offset, length)) }
      offset += length
    }
    return nil
  }

  private static func isLayout(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private static func utf16Problem(_ file: SourceFile) -> Diagnostic? {
    let isUTF16 = file.bytes.starts(with: [0xFF, 0xFE]) || file.bytes.starts(with: [0xFE, 0xFF])
    return isUTF16 ? .utf16(span(file, 0, 2)) : nil
  }

  private static func decode(_ bytes: [UInt8], at offset: Int) -> (Unicode.Scalar, Int)? {
    var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
    var codec = UTF8()
    guard case .scalarValue(let scalar) = codec.decode(&iterator) else { return nil }
    return (scalar, UTF8.width(scalar))
  }

  private static func span(_ file: SourceFile, _ offset: Int, _ length: Int) -> SourceSpan {
    SourceSpan(file.base + offset, file.base + offset + length)
  }
}

extension Diagnostic {
  fileprivate static func notUTF8(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0001", "the text is not UTF-8", at: span, label: "invalid byte",
      help: ["save the file as UTF-8"])
  }

  fileprivate static func utf16(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0001", "the text is UTF-16, not UTF-8", at: span, label: "a UTF-16 byte order mark",
      help: ["save the file as UTF-8"])
  }

  fileprivate static func hidden(_ scalar: Unicode.Scalar, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0001", "the text contains the hidden character \(scalar.escaped)", at: span,
      label: "invisible",
      help: ["remove it, or write `\(scalar.escaped)` in a string"])
  }
}
