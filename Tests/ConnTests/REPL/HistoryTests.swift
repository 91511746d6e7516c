import Foundation
import TestSupport
import Testing

@testable import conn

/// The history file of the prompt.
@Suite struct HistoryTests {
  private func history() throws -> (History, URL) {
    let file = try Program.makeScratch().appending(path: "conn/history.jsonl")
    return (History(path: file.path), file)
  }

  @Test func statementIsOneEntry() throws {
    let (history, file) = try history()
    #expect(!history.exists)
    #expect(history.entries() == [])
    try history.add("list |\ncount", at: "2026-01-31T10:00:00Z")
    try history.add("get 36", at: "2026-01-31T10:00:01Z")
    #expect(history.exists)
    #expect(history.entries() == ["list |\ncount", "get 36"])
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(
      text == """
        {"time":"2026-01-31T10:00:00Z","text":"list |\\ncount"}
        {"time":"2026-01-31T10:00:01Z","text":"get 36"}

        """)
  }

  @Test func concurrentSessionsLoseNothing() async throws {
    let (history, _) = try history()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for session in 0..<8 {
        group.addTask {
          for number in 0..<25 { try history.add("\(session) \(number)", at: "") }
        }
      }
      try await group.waitForAll()
    }
    let entries = history.entries()
    #expect(Set(entries).count == 200)
    for session in 0..<8 {
      let own = entries.filter { $0.hasPrefix("\(session) ") }
      #expect(own == (0..<25).map { "\(session) \($0)" })
    }
  }

  @Test func sizeIsLimited() throws {
    let (history, file) = try history()
    let long = String(repeating: "x", count: 60_000)
    for number in 0..<40 { try history.add("\(number) \(long)", at: "") }
    let size = try Data(contentsOf: file).count
    #expect(size <= 1 << 20)
    let numbers = history.entries().compactMap {
      Int($0.prefix(2).trimmingCharacters(in: .whitespaces))
    }
    #expect(numbers == Array((40 - numbers.count)..<40))
    #expect(numbers.count >= 8)
    try history.add(String(repeating: "y", count: 70_000), at: "")
    #expect(history.entries().last?.hasPrefix("39 ") == true)
  }

  /// A file of 100 MB, larger than any that is written here, is read from its end, and not shortened.
  @Test func hugeFileIsKept() throws {
    let (history, file) = try history()
    try history.add("first", at: "")
    let line = #"{"time":"","text":"\#(String(repeating: "x", count: 1_000))"}"# + "\n"
    let more = try FileHandle(forWritingTo: file)
    try more.seekToEnd()
    for _ in 0..<200 { try more.write(contentsOf: Data(String(repeating: line, count: 500).utf8)) }
    let size = try more.offset()
    #expect(size > 100_000_000)
    try more.close()
    #expect(history.isOversized)
    try history.add("last", at: "")
    let entries = history.entries()
    #expect(entries.last == "last" && entries.count > 2_000 && !entries.contains("first"))
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect(attributes[.size] as? UInt64 ?? 0 > size)
    try FileManager.default.removeItem(at: file)
  }

  @Test func skipsInvalidLines() throws {
    let (history, file) = try history()
    try history.add("one", at: "")
    let torn = try FileHandle(forWritingTo: file)
    try torn.seekToEnd()
    try torn.write(contentsOf: Data("garbage\n{}\n{\"text\":1}\n\u{0}\n{\"time\":\"\",\"te".utf8))
    try torn.close()
    try history.add("two", at: "")
    #expect(history.entries() == ["one", "two"])
  }

  @Test func fileIsPrivate() throws {
    let (history, file) = try history()
    try history.add("one", at: "")
    chmod(file.path, 0o644)
    try history.add("two", at: "")
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let link = file.deletingLastPathComponent().appending(path: "link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    #expect(throws: (any Error).self) { try History(path: link.path).add("x", at: "") }
    #expect(History(path: link.path).entries() == [])
  }
}
