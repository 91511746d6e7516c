import Language
import Testing

/// What stands in no table: files, and values of the workspace.
@Suite struct CompletionLookupTests {
  private func lookup(_ text: String) -> String {
    guard let lookup = CompletionFixture().complete(text).lookup else { return "" }
    let subject =
      switch lookup.subject {
      case .file(let endings): "file \(endings.joined(separator: ","))"
      case .value(let field): "value \(field)"
      }
    return "\(subject) ‹\(lookup.prefix)› \(lookup.quoting)"
  }

  @Test(arguments: [
    ("from \"da‸", "file json,jsonl,csv ‹da› escaped"), ("from ‸", "file json,jsonl,csv ‹› none"),
    ("list | save 'a b‸", "file json,jsonl,csv ‹a b› raw"),
    ("use \"lib/‸", "file conn ‹lib/› escaped"),
    ("list | diff from \"y‸", "file json,jsonl,csv ‹y› escaped"),
    ("list where application == \"sales‸", "value application ‹sales› escaped"),
    ("list where provider == \"‸", "value application ‹› escaped"),
    ("list where tags has \"‸", "value tags ‹› escaped"),
    ("list where tags has any [\"a\", '‸", "value tags ‹› raw"),
    ("list where folder_id == ‸", "value folder_id ‹› none"),
    ("list where folder_id == 45‸", "value folder_id ‹45› none"),
    ("list where folder_id in [1, 2‸", "value folder_id ‹2› none"),
    ("list where authorization_status in [\"f‸", "value authorization_status ‹f› escaped"),
    ("list | where name == \"a\\\"b‸", "value name ‹a\"b› escaped"),
    ("list where name starts with \"‸", "value name ‹› escaped"),
    ("list where not (name contains \"x‸", "value name ‹x› escaped"),
    ("get ‸", "value id ‹› none"), ("get 36, 3‸", "value id ‹3› none"),
    ("list where id == 3‸ and connected", "value id ‹3› none"),
    ("list where parent_id between 1 and ‸", "value parent_id ‹› none"),
    ("get 36 | update folder_id = ‸", "value folder_id ‹› none"),
    ("for c in list { print $c.external_id == \"‸", "value external_id ‹› escaped"),
    ("list | select title = f\"{name == \"‸", "value name ‹› escaped"),
    ("list where \"a\" == \"‸", ""), ("print \"‸", ""), ("list | first 3‸", ""),
    ("list where name == lower(\"‸", ""), ("list | expect count < 3, \"‸", ""),
    ("get 36 | update input = { password: \"‸", ""),
  ])
  func looksUpValuesAndFiles(_ text: String, _ expected: String) {
    #expect(lookup(text) == expected)
  }

  @Test(arguments: [
    "# li‸", "list # wh‸", "## ‸", "#!/usr/bin/env conn‸", "f\"na‸", "print f\"{name} na‸", "90‸",
    "@2026-01-3‸",
    "print 1d‸", "list where name == \"x\"‸", "list where (connected)‸", "a\u{202E}b ‸", "l\u{0}‸",
    "print 'x'‸", "list 1‸", "“li‸",
  ])
  func offersNothingInTextAndComments(_ text: String) {
    let completion = CompletionFixture().complete(text)
    #expect(completion.candidates == [])
    #expect(completion.lookup == nil)
  }

  @Test(arguments: [
    ("list wh‸ere connected", 5..<10), ("list wh‸", 5..<7), ("list ‸where", 5..<5),
    ("list where name == $ow‸ner", 19..<25), ("list where name == \"sal‸esforce\"", 20..<23),
    ("get 3‸6", 4..<6),
  ])
  func replacesTheWordAtTheCursor(_ text: String, _ expected: Range<Int>) {
    #expect(CompletionFixture().complete(text).replaced == expected)
  }

  /// Places are bytes, whatever the lines before have of characters.
  @Test(arguments: [
    ("list where name == \"é日本\"\n| so‸", 32..<34, "sort"),
    (
      "list  # 👍🏽 e\u{301}\n| where conn‸ected", 29..<38,
      "connection_lost_at connection_lost_reason connected"
    ),
    ("list where (name == \"日本\" and\n  parent_id‸", 35..<44, "parent_id"),
  ])
  func countsBytesBehindNonASCIILines(_ text: String, _ replaced: Range<Int>, _ offered: String) {
    let completion = CompletionFixture().complete(text)
    #expect(completion.replaced == replaced)
    #expect(CompletionFixture.joined(completion.candidates) == offered)
  }

  /// What follows the cursor is of no matter.
  @Test(arguments: ["", "\"", " | delete", "\n}}}", "]) \u{0}", "\nlist where"])
  func ignoresTextBehindTheCursor(_ behind: String) {
    let completion = CompletionFixture().complete("list | so‸" + behind)
    #expect(CompletionFixture.joined(completion.candidates) == "sort")
  }

  @Test func detailsHaveOneLine() {
    for text in ["‸", "list all | ‸", "list where ‸", "list where name ‸", "create ‸"] {
      let candidates = CompletionFixture().complete(text).candidates
      #expect(!candidates.isEmpty)
      #expect(!candidates.contains { $0.detail.contains("\n") })
    }
    let first = CompletionFixture().complete("list where nam‸").candidates
    #expect(first == [Candidate("name", .field, "string, name; not unique")])
  }
}
