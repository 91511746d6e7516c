/// The separator of a CSV file: a comma, a semicolon or a tab. The header shows which one, or a first
/// line such as `sep=;`, which spreadsheets write.
struct CSVSeparator {
  let byte: UInt8
  /// The offset and the line of the header.
  let offset: Int
  let line: Int

  static let comma = UInt8(ascii: ",")
  static let all = [comma, UInt8(ascii: ";"), UInt8(ascii: "\t")]

  /// Finds the separator. Throws if the header uses more than one.
  init(of bytes: [UInt8], _ path: String) throws(DiskError) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if bytes[start...].starts(with: "sep=".utf8) {
      self = try Self.named(bytes, start + 4, path)
      return
    }
    let used = Self.used(in: bytes[start...])
    guard used.count < 2 else {
      let names = used.map(Self.name).joined(separator: " and ")
      throw DiskError(
        "`\(path)`:1: the header has \(names); write a line such as `sep=,` before it")
    }
    self.init(byte: used.first ?? Self.comma, offset: start, line: 1)
  }

  private init(byte: UInt8, offset: Int, line: Int) {
    self.byte = byte
    self.offset = offset
    self.line = line
  }

  /// Reads the rest of a line `sep=`.
  private static func named(_ bytes: [UInt8], _ start: Int, _ path: String) throws(DiskError)
    -> CSVSeparator
  {
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    let value = bytes[start..<end]
    let name = value.last == 0x0D ? value.dropLast() : value
    guard name.count == 1, let byte = name.first, all.contains(byte) else {
      throw DiskError("`\(path)`:1: `sep=` names no separator: write a comma, a semicolon or a tab")
    }
    return CSVSeparator(byte: byte, offset: min(end + 1, bytes.count), line: 2)
  }

  /// The separators in the first record, outside quotes.
  private static func used(in bytes: ArraySlice<UInt8>) -> [UInt8] {
    var isQuoted = false
    var used: Set<UInt8> = []
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D { break }
      if all.contains(byte) { used.insert(byte) }
    }
    return all.filter(used.contains)
  }

  static func name(_ byte: UInt8) -> String {
    byte == UInt8(ascii: "\t") ? "tabs" : "`\(Character(Unicode.Scalar(byte)))`"
  }
}
