import Evaluation
import JSON

/// A journal that was read back.
package struct ParsedJournal: Sendable {
  package let entries: [Entry]
  /// Goes on behind the last whole line.
  package let chain: JournalEncoder
  /// How many bytes the whole lines have; what follows was torn.
  package let length: Int
  package let isTorn: Bool
  /// The SHA-256 of the last whole line, which stands for all before it.
  package var hash: String { chain.last }

  package struct Entry: Sendable {
    package let record: JournalRecord
    /// The wall clock's time, in UTC, as it was written.
    package let time: String
  }

  /// Why a journal cannot be used.
  package struct Problem: Error, Sendable {
    package let message: String
    /// From 1.
    package let line: Int
  }

  /// Reads whole lines. A torn last line is set aside; anything else that does not fit is a problem.
  package init(_ bytes: [UInt8]) throws(Problem) {
    var entries: [Entry] = []
    var last = JournalEncoder.root
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    for (place, line) in bytes[..<end].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    )
    .dropLast().enumerated() {
      entries.append(try Self.entry(line, after: last, number: place + 1))
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
      throw Problem(message: "it is no JSON object", line: number)
    }
    if number == 1, let format = object["format"]?.int, format > JournalEncoder.format {
      throw Problem(message: "it was written by a newer conn", line: number)
    }
    guard object["prev"]?.string == last else {
      throw Problem(message: "it does not follow the line before it", line: number)
    }
    guard JournalEncoder.isWhole(line) else {
      throw Problem(message: "it was changed", line: number)
    }
    guard let record = JournalRecord(object), let time = object["at"]?.string else {
      throw Problem(message: "it is no record of a journal", line: number)
    }
    return Entry(record: record, time: time)
  }
}
