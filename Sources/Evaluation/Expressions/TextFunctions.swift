// The work of the functions of texts. Positions count Unicode scalars, as `length` does; texts are
// compared by their bytes, as the operators do.

extension String {
  func trimmingWhitespace() -> String {
    let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    let start = unicodeScalars.drop(while: isBlank)
    let body = start.reversed().drop(while: isBlank).reversed()
    var text = String.UnicodeScalarView()
    text.append(contentsOf: body)
    return String(text)
  }

  /// Returns the size of the text after ``replacingBytes(_:with:)``, without making it.
  func size(replacing old: String, with new: String) -> Int {
    guard !old.isEmpty else { return utf8.count }
    let count = ranges(between: old).count - 1
    return utf8.count + count * (new.utf8.count - old.utf8.count)
  }

  /// Replaces by comparing bytes; Swift's own comparison treats canonically equivalent text as
  /// equal.
  func replacingBytes(_ old: String, with new: String) -> String {
    old.isEmpty ? self : parts(between: old).joined(separator: new)
  }

  /// Returns the parts between the occurrences of a separator that isn't empty, found from the start
  /// by their bytes: one more than there are occurrences.
  func parts(between separator: String) -> [String] {
    let bytes = Array(utf8)
    return ranges(between: separator).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// Returns the Unicode scalars at the positions `start..<start + length` that the text has.
  func part(from start: Int64, length: Int64) -> String {
    let (sum, overflow) = start.addingReportingOverflow(length)
    let end = overflow ? (length < 0 ? Int64.min : Int64.max) : sum
    let first = Int(clamping: max(0, start))
    let count = max(0, Int(clamping: end) - first)
    return String(String.UnicodeScalarView(unicodeScalars.dropFirst(first).prefix(count)))
  }

  /// Compares bytes, as `starts with` does.
  func removingPrefix(_ prefix: String) -> String {
    guard utf8.starts(with: prefix.utf8) else { return self }
    return String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }

  /// Compares bytes, as `ends with` does.
  func removingSuffix(_ suffix: String) -> String {
    guard utf8.reversed().starts(with: suffix.utf8.reversed()) else { return self }
    return String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self)
  }
}

extension Value {
  /// Returns the whole number that a text spells, or that a value of `raw` is; null for null.
  func wholeNumber() throws(FunctionError) -> Value {
    if isNull { return .null }
    if let number = number?.integer { return .int(number) }
    let digits = (string ?? "").utf8.drop { $0 == UInt8(ascii: "-") }
    guard let text = string, text.utf8.count - digits.count <= 1, !digits.isEmpty,
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { throw FunctionError(message: "\(excerpt) is not a whole number") }
    guard let number = Int64(text) else {
      throw FunctionError(message: "\(excerpt) doesn't fit into 64 bits")
    }
    return .int(number)
  }
}
