import JSON
import Testing

@testable import Execution

/// The lists of a run take room once, and little if they differ little.
@Suite struct ListArchiveTests {
  private static let target = "/api/connections"

  private static func rows(_ count: Int) -> [String] {
    (0..<count).map { #"{"id":\#($0),"name":"ACME Production Salesforce connection"}"# }
  }

  /// Returns the list in the file, given the content of its base.
  private func text(_ content: String?, _ base: String?) -> String? {
    ListArchive.text(Array((content ?? "").utf8), of: Array((base ?? "").utf8))
  }

  @Test func equalListIsNotStoredAgain() {
    var archive = ListArchive()
    let first = archive.add(Self.rows(3), "list", target: Self.target)
    #expect(first.list.file == "list-1.json" && first.list.base == nil)
    #expect(first.content == ListArchive.text(Self.rows(3)))
    let second = archive.add(Self.rows(3), "list", target: "/other")
    #expect(second.content == nil)
    #expect(second.list.file == "list-1.json" && second.list.sha256 == first.list.sha256)
    #expect(second.list.target == "/other")
  }

  @Test func knowsTheListsOfTheJournal() {
    var archive = ListArchive()
    let lists = [Self.rows(3), Self.rows(4)].map {
      archive.add($0, "list", target: Self.target).list
    }
    var resumed = ListArchive(lists)
    #expect(resumed.add(Self.rows(4), "list", target: Self.target).content == nil)
    #expect(resumed.add(Self.rows(5), "list", target: Self.target).list.file == "list-3.json")
  }

  @Test func oneChangedRowIsStoredAlone() {
    var archive = ListArchive()
    let base = archive.add(Self.rows(1_000), "list", target: Self.target)
    var rows = Self.rows(1_000)
    rows[500] = #"{"id":500,"name":"new"}"#
    let changed = archive.add(rows, "list", target: Self.target)
    #expect(changed.list.base == "list-1.json")
    #expect(changed.content == #"[[0,500],{"id":500,"name":"new"},[501,499]]"#)
    #expect(text(changed.content, base.content) == ListArchive.text(rows))
    #expect(archive.add(rows, "list", target: Self.target).list.base == "list-1.json")
  }

  /// A list of which half is new, or of another request, is stored as it is.
  @Test func otherListsAreStoredAsTheyAre() {
    var archive = ListArchive()
    _ = archive.add(Self.rows(10), "list", target: Self.target)
    let other = archive.add(Self.rows(11), "list", target: "/other")
    #expect(other.list.base == nil && other.content == ListArchive.text(Self.rows(11)))
    let new = Self.rows(40)
    #expect(archive.add(new, "list", target: Self.target).list.base == nil)
    #expect(archive.add(new.dropLast(), "list", target: Self.target).list.base == "list-3.json")
  }

  /// Canonically equivalent names are different bytes.
  @Test func comparesBytes() {
    var archive = ListArchive()
    let accents = ["\u{E9}", "e\u{301}"].map { accent in
      Self.rows(10) + [#"{"id":10,"name":"\#(accent)"}"#]
    }
    let base = archive.add(accents[0], "list", target: Self.target)
    let other = archive.add(accents[1], "list", target: Self.target)
    #expect(other.list.base == "list-1.json")
    let restored = text(other.content, base.content) ?? ""
    #expect(Array(restored.utf8) == Array(ListArchive.text(accents[1]).utf8))
  }

  /// Rows that moved, are gone, are new, or occur twice.
  @Test func restoresWhateverChanged() throws {
    var random = SystemRandomNumberGenerator()
    var compared = 0
    for _ in 0..<500 {
      var archive = ListArchive()
      let rows = Self.rows(Int.random(in: 1...30, using: &random))
      let base = archive.add(rows, "list", target: Self.target)
      var changed = rows
      for _ in 0..<Int.random(in: 1...4, using: &random) { change(&changed, &random) }
      let (list, content) = archive.add(changed, "list", target: Self.target)
      guard let content, list.base != nil else { continue }
      compared += 1
      #expect(text(content, base.content) == ListArchive.text(changed))
    }
    #expect(compared > 100)
  }

  private func change(_ rows: inout [String], _ random: inout SystemRandomNumberGenerator) {
    let place = Int.random(in: 0...rows.count, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: rows.insert(#"{"id":\#(place + 100)}"#, at: place)
    case 1 where place < rows.count: rows.remove(at: place)
    case 2 where place < rows.count: rows.append(rows[place])
    default: rows.reverse()
    }
  }

  @Test(arguments: [
    "[[0,4]]", "[[3,1]]", "[[-1,1]]", "[[0,0]]", "[[0]]", "[[0,1,1]]", "[[0,9223372036854775807]]",
    "[[1.5,1]]", "{}", "[", "", "[[0,3],[0,3],[0,3],[0,3],[0,3],[0,3],[0,3],[0,3]]",
  ])
  func refusesDifferencesThatDoNotFit(_ differences: String) {
    #expect(text(differences, ListArchive.text(Self.rows(3))) == nil)
  }

  @Test(arguments: ["{}", "[", "", "[]"]) func refusesABaseThatDoesNotFit(_ base: String) {
    #expect(text("[[0,1]]", base) == nil)
  }
}
