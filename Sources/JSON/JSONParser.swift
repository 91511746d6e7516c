/// Reads JSON (RFC 8259) from bytes and reports the position of errors.
///
/// It refuses what the RFC leaves to each reader, because another reader could see other data: a
/// name twice in an object, and half of a surrogate pair, which no text can hold. A byte order mark
/// before the value is skipped. The objects of a list are decoded on access; see ``JSONRows``.
package enum JSONParser {
  /// An error and its offset in bytes.
  package struct Problem: Error, Hashable, Sendable {
    package let message: String
    package let offset: Int
  }

  /// Tells whether an object is one of those that a list has. It is given a function that returns a
  /// member of the object.
  package typealias ElementCheck = (_ member: (String) -> JSON?) -> Bool

  /// Reads `bytes`, which must hold exactly one value.
  package static func parse(_ bytes: [UInt8]) throws(Problem) -> JSON {
    try parse(bytes, mostValues: .max, nil)
  }

  /// Reads the answer to a list: an array, or an object with the array `result`. Reading ends at the
  /// first element of it that is not an object or that `isElement` rejects; that element, or `null`
  /// instead of one that is not an object, is then the last one. Throws if there are more than
  /// `mostValues` values.
  package static func parse(
    _ bytes: [UInt8], mostValues: Int, isElement: ElementCheck
  ) throws(Problem) -> JSON {
    try withoutActuallyEscaping(isElement) { check throws(Problem) in
      try parse(bytes, mostValues: mostValues, check)
    }
  }

  private static func parse(
    _ bytes: [UInt8], mostValues: Int, _ isElement: ElementCheck?
  ) throws(Problem) -> JSON {
    try scanning(bytes, mostValues: mostValues) { scanner throws(Problem) in
      let start = scanner.offset
      let rows = try scanner.document(isElement).map { JSONRows(bytes, $0) }
      var builder = scanner.builder(at: start, rows: rows)
      return builder.document()
    }
  }

  /// Reads a list of objects: an array, or an object with the array `result`. Returns `nil` for any
  /// other value. `parts` is the number of parts to read at the same time; by default, it depends on
  /// the size.
  package static func rows(_ bytes: [UInt8], parts: Int? = nil) throws(Problem) -> JSONRows? {
    try scanning(bytes, mostValues: .max) { scanner throws(Problem) in
      scanner.parts = (bytes, parts ?? TextParts.count(forBytes: bytes.count))
      return try scanner.document(nil).map { JSONRows(bytes, $0) }
    }
  }

  /// Calls `body` with a scanner that is behind the byte order mark, if there is one.
  private static func scanning<T>(
    _ bytes: [UInt8], mostValues: Int, _ body: (inout JSONScanner) throws(Problem) -> T
  ) throws(Problem) -> T {
    try requireSize(of: bytes)
    return try bytes.withUnsafeBufferPointer { text throws(Problem) in
      var scanner = JSONScanner(text, mostValues: mostValues)
      scanner.skipMark()
      return try body(&scanner)
    }
  }

  /// Throws if there are more bytes than a ``JSONRowIndex`` can number.
  static func requireSize(of bytes: [UInt8]) throws(Problem) { try requireSize(bytes.count) }

  static func requireSize(_ count: Int) throws(Problem) {
    guard count <= UInt32.max else {
      throw Problem(message: "larger than 4 GiB", offset: 0)
    }
  }
}
