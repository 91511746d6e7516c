import JSON
import Text

/// Reads CSV (RFC 4180) with a header. Every field is a string; an empty one is null.
enum CSVReader {
  static func records(_ bytes: [UInt8], _ path: String) throws(DiskError) -> [JSON.Object] {
    var reader = Scanner(bytes: bytes, path: path)
    let header = try reader.record()
    var objects: [JSON.Object] = []
    while !reader.isAtEnd {
      let line = reader.line
      let fields = try reader.record()
      if fields == [""] { continue }
      guard fields.count == header.count else {
        throw DiskError(
          "`\(path)`:\(line): \(fields.count.counted("field")), but the header has \(header.count)")
      }
      objects.append(
        JSON.Object(zip(header, fields).map { ($0, $1.isEmpty ? .null : .string($1)) }))
    }
    return objects
  }

  private struct Scanner {
    let bytes: [UInt8]
    let path: String
    var offset = 0
    var line = 1

    init(bytes: [UInt8], path: String) {
      self.bytes = bytes
      self.path = path
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    var isAtEnd: Bool { offset >= bytes.count }

    mutating func record() throws(DiskError) -> [String] {
      var fields: [String] = []
      repeat { fields.append(try field()) } while consumeComma()
      consumeLineEnd()
      return fields
    }

    private mutating func field() throws(DiskError) -> String {
      isAtEnd || bytes[offset] != UInt8(ascii: "\"") ? try plain() : try quoted()
    }

    private mutating func plain() throws(DiskError) -> String {
      let start = offset
      while !isAtEnd, ![0x2C, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
      return try text(bytes[start..<offset])
    }

    private mutating func quoted() throws(DiskError) -> String {
      let start = line
      var value: [UInt8] = []
      offset += 1
      while !isAtEnd {
        let byte = bytes[offset]
        offset += 1
        if byte == UInt8(ascii: "\"") {
          guard !isAtEnd, bytes[offset] == byte else { return try text(value[...]) }
          offset += 1
        }
        if byte == UInt8(ascii: "\n") { line += 1 }
        value.append(byte)
      }
      throw DiskError("`\(path)`:\(start): a quoted field is never closed")
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(DiskError) -> String {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw DiskError("`\(path)`:\(line): not UTF-8")
      }
      return text
    }

    private mutating func consumeComma() -> Bool {
      guard !isAtEnd, bytes[offset] == UInt8(ascii: ",") else { return false }
      offset += 1
      return true
    }

    private mutating func consumeLineEnd() {
      if !isAtEnd, bytes[offset] == 0x0D { offset += 1 }
      if !isAtEnd, bytes[offset] == 0x0A { offset += 1 }
      line += 1
    }
  }
}
