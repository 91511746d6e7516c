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
    var place = 0
    var line = 1

    init(bytes: [UInt8], path: String) {
      self.bytes = bytes
      self.path = path
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    var isAtEnd: Bool { place >= bytes.count }

    mutating func record() throws(DiskError) -> [String] {
      var fields: [String] = []
      repeat { fields.append(try field()) } while takeComma()
      takeLineEnd()
      return fields
    }

    private mutating func field() throws(DiskError) -> String {
      isAtEnd || bytes[place] != UInt8(ascii: "\"") ? try plain() : try quoted()
    }

    private mutating func plain() throws(DiskError) -> String {
      let start = place
      while !isAtEnd, ![0x2C, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
      return try text(bytes[start..<place])
    }

    private mutating func quoted() throws(DiskError) -> String {
      let start = line
      var value: [UInt8] = []
      place += 1
      while !isAtEnd {
        let byte = bytes[place]
        place += 1
        if byte == UInt8(ascii: "\"") {
          guard !isAtEnd, bytes[place] == byte else { return try text(value[...]) }
          place += 1
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

    private mutating func takeComma() -> Bool {
      guard !isAtEnd, bytes[place] == UInt8(ascii: ",") else { return false }
      place += 1
      return true
    }

    private mutating func takeLineEnd() {
      if !isAtEnd, bytes[place] == 0x0D { place += 1 }
      if !isAtEnd, bytes[place] == 0x0A { place += 1 }
      line += 1
    }
  }
}
