import Evaluation
import JSON

/// The lines of a run's journal: one JSON object each, with the SHA-256 of the line before it as
/// `prev`, and of all of itself that stands before it as `sum`, which is last; so that a line that was
/// changed, lost or brought in is seen.
package struct JournalEncoder: Sendable {
  package static let format: Int64 = 1
  /// The hash that the first line names.
  static let root = String(repeating: "0", count: 64)

  private(set) var last = Self.root

  package init() {}

  init(last: String) { self.last = last }

  /// Returns the record as a line; `time` is the wall clock's, in UTC.
  package mutating func line(_ record: JournalRecord, at time: String) -> [UInt8] {
    let head: [(String, JSON)] = [("prev", .string(last)), ("at", .string(time))]
    let text = JSON.object(JSON.Object(head + record.members)).text.dropLast()
    let line = text + Self.sum(of: text.utf8)
    last = Digest.sha256(line.utf8)
    return Array(line.utf8) + [UInt8(ascii: "\n")]
  }

  /// The end of a line that begins so.
  private static func sum(of start: some Collection<UInt8>) -> String {
    #","sum":"\#(Digest.sha256(start))"}"#
  }

  /// `true` iff the line ends with the sum of what stands before it.
  static func isWhole(_ line: ArraySlice<UInt8>) -> Bool {
    let start = line.dropLast(sum(of: []).utf8.count)
    return line.dropFirst(start.count).elementsEqual(sum(of: start).utf8)
  }
}
