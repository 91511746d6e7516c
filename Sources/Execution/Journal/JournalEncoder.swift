import JSON
import Text

/// Encodes the lines of a run's journal. Each line is a JSON object that starts with `prev`, the SHA-256
/// of the previous line, and ends with `sum`, the SHA-256 of everything before it in the line. That
/// reveals lines that were modified, removed or inserted.
package struct JournalEncoder: Sendable {
  package static let format: Int64 = 1
  /// The `prev` of the first line.
  static let root = String(repeating: "0", count: 64)

  private(set) var last = Self.root

  package init() {}

  init(last: String) { self.last = last }

  /// Returns the record as a line; `time` is the wall-clock time in UTC. `masking` removes secrets.
  package mutating func line(
    _ record: JournalRecord, at time: String, masking: (String) -> String = { $0 }
  ) -> [UInt8] {
    let head: [(String, JSON)] = [("prev", .string(last)), ("at", .string(time))]
    let text = masking(JSON.object(JSON.Object(head + record.members)).text).dropLast()
    let line = text + Self.sum(of: text.utf8)
    last = Digest.sha256(line.utf8)
    return Array(line.utf8) + [UInt8(ascii: "\n")]
  }

  /// Returns the last member of a line that starts with `start`.
  private static func sum(of start: some Collection<UInt8>) -> String {
    #","sum":"\#(Digest.sha256(start))"}"#
  }

  /// `true` iff the line ends with the checksum of everything before it.
  static func isWhole(_ line: ArraySlice<UInt8>) -> Bool {
    let start = line.dropLast(sum(of: []).utf8.count)
    return line.dropFirst(start.count).elementsEqual(sum(of: start).utf8)
  }
}
