import JSON

/// Limits the size of the values that a script builds. Without a limit, a few lines that each double
/// the previous value would use up all memory.
enum ValueSize {
  /// 64 MiB.
  static let limit = 64 << 20
  /// The size of an element of a list or record besides its text.
  static let element = 16

  /// The maximum number of lists and records inside each other; every walk over a value is recursive.
  private static let depth = 256

  static let longText = "the text is longer than 64 MiB"
  static let largeList = "the list is larger than 64 MiB"

  /// Returns what is wrong with a list or record of these values, if they are too large together or
  /// nested too deeply. A value that occurs twice counts twice, because it is printed twice.
  static func problem(of values: [Value], in kind: String) -> String? {
    var rest = limit
    do {
      for value in values { try take(value, from: &rest, 1) }
      return nil
    } catch .size { return "the \(kind) is larger than 64 MiB" } catch {
      return "the \(kind) is nested too deeply"
    }
  }

  private enum Excess: Error { case size, depth }

  private static func take(_ value: Value, from rest: inout Int, _ depth: Int) throws(Excess) {
    switch value {
    case .string(let text): try take(text.utf8.count, from: &rest, depth)
    case .list(let values):
      try take(0, from: &rest, depth)
      for value in values { try take(value, from: &rest, depth + 1) }
    case .record(let members):
      try take(members.reduce(0) { $0 + $1.name.utf8.count }, from: &rest, depth)
      for member in members { try take(member.value, from: &rest, depth + 1) }
    case .json(let json): try take(json, from: &rest, depth)
    default: try take(0, from: &rest, depth)
    }
  }

  private static func take(_ json: JSON, from rest: inout Int, _ depth: Int) throws(Excess) {
    switch json {
    case .string(let text), .number(let text): try take(text.utf8.count, from: &rest, depth)
    case .array(let values):
      try take(0, from: &rest, depth)
      for value in values { try take(value, from: &rest, depth + 1) }
    case .object(let object):
      try take(object.members.reduce(0) { $0 + $1.name.utf8.count }, from: &rest, depth)
      for member in object.members { try take(member.value, from: &rest, depth + 1) }
    case .null, .bool, .int: try take(0, from: &rest, depth)
    }
  }

  private static func take(_ size: Int, from rest: inout Int, _ depth: Int) throws(Excess) {
    rest -= element + size
    if rest < 0 { throw .size }
    if depth > Self.depth { throw .depth }
  }
}
