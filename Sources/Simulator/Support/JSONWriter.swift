/// Encodes JSON without white space. Members are in the order of the API's page; others follow, sorted.
///
/// It is deliberately independent of conn's own JSON writer; see ``JSONValue``.
struct JSONWriter {
  /// The member names of all answers of the API, in an order consistent with each.
  private static let pageOrder = [
    "success", "status", "message", "application", "id", "name", "provider", "handle", "title",
    "description", "color",
    "authorized_at", "authorization_status", "authorization_error", "created_at", "updated_at",
    "external_id", "folder_id", "connection_lost_at", "connection_lost_reason", "parent_id", "tags",
  ]
  private static let hexDigits = Array("0123456789abcdef".utf8)

  private var output: [UInt8] = []

  static func bytes(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(value)
    return writer.output
  }

  private mutating func write(_ value: JSONValue) {
    switch value {
    case .null: write(verbatim: "null")
    case .bool(let flag): write(verbatim: flag ? "true" : "false")
    case .integer(let number): write(verbatim: String(number))
    case .number(let number): write(verbatim: String(number))
    case .string(let text): write(text)
    case .array(let elements): write(between: "[", "]", elements) { $0.write($1) }
    case .object(let members): write(between: "{", "}", Self.ordered(members)) { $0.write($1) }
    }
  }

  private static func ordered(_ members: [String: JSONValue]) -> [(String, JSONValue)] {
    let known = pageOrder.compactMap { name in members[name].map { (name, $0) } }
    guard known.count < members.count else { return known }
    let others = members.filter { !pageOrder.contains($0.key) }
    return known + others.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private mutating func write(_ member: (name: String, value: JSONValue)) {
    write(member.name)
    write(verbatim: ":")
    write(member.value)
  }

  private mutating func write<Item>(
    between open: String, _ close: String, _ items: [Item], each: (inout Self, Item) -> Void
  ) {
    write(verbatim: open)
    for (index, item) in items.enumerated() {
      if index > 0 { write(verbatim: ",") }
      each(&self, item)
    }
    write(verbatim: close)
  }

  private mutating func write(_ text: String) {
    write(verbatim: "\"")
    for byte in text.utf8 { write(escaping: byte) }
    write(verbatim: "\"")
  }

  private mutating func write(escaping byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): write(verbatim: "\\\"")
    case UInt8(ascii: "\\"): write(verbatim: "\\\\")
    case UInt8(ascii: "\n"): write(verbatim: "\\n")
    case 0..<0x20:
      write(verbatim: "\\u00")
      output += [Self.hexDigits[Int(byte >> 4)], Self.hexDigits[Int(byte & 15)]]
    default: output.append(byte)
    }
  }

  private mutating func write(verbatim text: String) { output += text.utf8 }
}
