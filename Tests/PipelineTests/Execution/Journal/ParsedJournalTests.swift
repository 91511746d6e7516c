import Testing

@testable import Execution

/// Each line of a journal vouches for itself by its sum, and for the line before it by `prev`.
@Suite struct ParsedJournalTests {
  private static func line(_ token: String, in chain: inout JournalEncoder) -> [UInt8] {
    chain.line(.resumed(version: "0.1.0", token: token), at: "2026-01-31T10:00:00.000Z")
  }

  private static var lines: [[UInt8]] {
    var chain = JournalEncoder()
    return ["one", "two", "three"].map { line($0, in: &chain) }
  }

  private func problem(_ lines: [[UInt8]]) -> String? {
    do {
      _ = try ParsedJournal(Array(lines.joined()))
      return nil
    } catch {
      return "\(error.line): \(error.message)"
    }
  }

  private func replacing(_ old: String, with new: String, in line: [UInt8]) -> [UInt8] {
    Array(String(decoding: line, as: UTF8.self).replacing(old, with: new).utf8)
  }

  @Test func readsWhatWasWritten() throws {
    let journal = try ParsedJournal(Array(Self.lines.joined()))
    let records = journal.entries.map(\.record)
    #expect(
      records == ["one", "two", "three"].map { .resumed(version: "0.1.0", token: $0) })
    #expect(problem(Self.lines.map { $0 }) == nil)
  }

  /// No line follows the last one, so only its own sum can detect a change.
  @Test(arguments: [0, 1, 2]) func rejectsAChangedRecord(_ index: Int) {
    var lines = Self.lines
    lines[index] = replacing("0.1.0", with: "0.1.1", in: lines[index])
    #expect(problem(lines) == "\(index + 1): it was modified")
  }

  /// Changing a record and its sum would require changing every line after it.
  @Test func rejectsARecordChangedTogetherWithItsSum() {
    var lines = Self.lines
    var chain = JournalEncoder()
    _ = Self.line("one", in: &chain)
    lines[1] = Self.line("another", in: &chain)
    #expect(problem(Array(lines[..<2])) == nil)
    #expect(problem(lines) == "3: it doesn't follow the previous line")
  }

  @Test(arguments: [
    ([0, 2], 2), ([1, 2], 1), ([0, 1, 1, 2], 3), ([0, 2, 1], 2), ([1, 0, 2], 1),
  ])
  func rejectsLostDoubledAndSwappedLines(_ indices: [Int], _ wrong: Int) {
    let lines = Self.lines
    #expect(problem(indices.map { lines[$0] }) == "\(wrong): it doesn't follow the previous line")
  }

  /// It is whole by its own sum, and follows a line that is not there.
  @Test func rejectsALineOfAnotherJournal() {
    var other = JournalEncoder(last: String(repeating: "1", count: 64))
    let lines = Self.lines.prefix(2) + [Self.line("three", in: &other)]
    #expect(problem(Array(lines)) == "3: it doesn't follow the previous line")
  }

  /// Each byte is changed, dropped and doubled. What is left of a journal whose end is missing is a
  /// torn line, which is set aside.
  @Test func everyEditIsFound() throws {
    let whole = Array(Self.lines.joined())
    let intact = try ParsedJournal(whole).entries.map(\.record)
    var edits = 0
    for index in whole.indices.dropLast() {
      for edit in [[whole[index] ^ 1], [], [whole[index], whole[index]]] {
        let edited = Array(whole[..<index]) + edit + whole[(index + 1)...]
        let records = try? ParsedJournal(edited).entries.map(\.record)
        #expect(records == nil || edited == whole, "byte \(index) became \(edit): \(records ?? [])")
        edits += 1
      }
    }
    #expect(intact.count == 3)
    print("journal edits: \(edits), all found")
  }
}
