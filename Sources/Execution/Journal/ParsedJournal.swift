import JSON
import Text

/// A journal read back from disk.
package struct ParsedJournal: Sendable {
  package let entries: [Entry]
  /// An encoder that continues after the last complete line.
  package let chain: JournalEncoder
  /// Length of the complete lines in bytes; the rest is a torn line.
  package let length: Int
  package let isTorn: Bool
  /// The SHA-256 of the last complete line; covers all lines before it.
  package var hash: String { chain.last }

  package struct Entry: Sendable {
    package let record: JournalRecord
    /// The wall-clock time in UTC, as written.
    package let time: String
  }

  /// The first reason that a journal can't be used.
  package struct Problem: Error, Sendable {
    package let message: String
    package let line: Int
  }

  /// Reads the complete lines. A torn last line is ignored; anything else that is wrong throws.
  package init(_ bytes: [UInt8]) throws(Problem) {
    var entries: [Entry] = []
    var last = JournalEncoder.root
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    for (index, line) in bytes[..<end].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    )
    .dropLast().enumerated() {
      entries.append(try Self.entry(line, after: last, number: index + 1))
      last = Digest.sha256(line)
    }
    self.entries = entries
    self.chain = JournalEncoder(last: last)
    self.length = end
    self.isTorn = end < bytes.count
  }

  private static func entry(_ line: ArraySlice<UInt8>, after last: String, number: Int)
    throws(Problem) -> Entry
  {
    guard let object = (try? JSONParser.parse(Array(line)))?.object else {
      throw Problem(message: "not a JSON object", line: number)
    }
    if number == 1, let format = object["format"]?.int, format > JournalEncoder.format {
      throw Problem(message: "written by a newer conn", line: number)
    }
    guard object["prev"]?.string == last else {
      throw Problem(message: "it doesn't follow the previous line", line: number)
    }
    guard JournalEncoder.isWhole(line) else {
      throw Problem(message: "it was modified", line: number)
    }
    guard let record = JournalRecord(object), let time = object["at"]?.string else {
      throw Problem(message: "not a journal record", line: number)
    }
    return Entry(record: record, time: time)
  }
}
