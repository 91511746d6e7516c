import Text

/// Rejects texts that may not be what they seem: invalid UTF-8, and hidden
/// characters.
///
/// Source: Boucher and Anderson, "Trojan Source: Invisible Vulnerabilities" (2021).
enum SourceValidator {
  /// Returns the first problem, or `nil` if there is none.
  static func firstProblem(in file: SourceFile) -> Diagnostic? {
    if let utf16 = utf16Problem(file) { return utf16 }
    let bytes = file.bytes
    if bytes.allSatisfy({ (0x20..<0x7F).contains($0) || isLayout($0) }) { return nil }
    let (scalars, end) = decoded(bytes)
    let hidden = HiddenCharacters(scalars)
    var offset = 0
    for (index, scalar) in scalars.enumerated() {
      let isAllowed = isLayout(scalar) || index == 0 && scalar == "\u{FEFF}"
      if !isAllowed, hidden.kind(at: index) != nil {
        return .hidden(scalar, span(file, offset, UTF8.width(scalar)))
      }
      offset += UTF8.width(scalar)
    }
    return end == bytes.count ? nil : .notUTF8(span(file, end, 1))
  }

  /// Returns the characters before the first byte that isn't UTF-8, and its offset.
  private static func decoded(_ bytes: [UInt8]) -> ([Unicode.Scalar], Int) {
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(bytes.count)
    var offset = 0
    while offset < bytes.count, let (scalar, length) = decode(bytes, at: offset) {
      scalars.append(scalar)
      offset += length
    }
    return (scalars, offset)
  }

  private static func isLayout(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && isLayout(UInt8(scalar.value))
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
