import API
import Evaluation
import Inspection
import JSON
import TestSupport
import Testing
import Text

@testable import Language

@Suite struct ValueIndexTests {
  private static func connections(_ json: String) throws -> [Connection] {
    try JSONParser.parse(Array(json.utf8)).array?.compactMap { Connection($0) } ?? []
  }

  private static let listing = #"""
    [{"id": 36, "name": "ACME Salesforce", "application": "salesforce", "folder_id": 4515,
      "external_id": "u-1", "tags": ["tag-a", "tag-b"], "authorization_status": "success"},
     {"id": 37, "name": "Prod JIRA connection", "provider": "jira", "folder_id": 4515, "parent_id": 36,
      "tags": ["tag-b"], "authorization_status": null, "project_id": 7},
     {"id": 360, "name": "say \"x\"\n'y'\u202E", "application": "salesforce", "folder_id": 12,
      "tags": null, "authorization_status": "failed"}]
    """#

  private func found(_ field: String, _ prefix: String, limit: Int = 10) throws -> String {
    var index = ValueIndex(try Self.connections(Self.listing))
    return index.values(of: field, prefix: prefix, limit: limit)
      .map { "\($0.value)×\($0.count)" }.joined(separator: " ")
  }

  /// Titles are known once the tags were read; a tag that no connection has is offered as well.
  @Test(arguments: [
    ("tag_titles", "", #""Bravo" 2 connections, "Alpha" 1 connection, "Charlie" no connection"#),
    ("tag_titles", "ch", #""Charlie" no connection"#), ("tag_titles", "x", ""),
    ("tags", "cha", #""tag-c" Charlie"#),
    ("tags", "tag-", #""tag-b" 2 connections, "tag-a" 1 connection, "tag-c" Charlie"#),
  ])
  func completesTitlesOfTags(_ field: String, _ prefix: String, _ expected: String) throws {
    let tags = [("a", "Alpha"), ("b", "Bravo"), ("c", "Charlie")].map {
      API.Tag(handle: "tag-" + $0, title: $1)
    }
    var index = ValueIndex(try Self.connections(Self.listing), tags: tags)
    let lookup = Completion.Lookup(subject: .value(field: field), prefix: prefix, quoting: .none)
    let found = index.candidates(for: lookup).map { "\($0.text) \($0.detail)" }
    #expect(found.joined(separator: ", ") == expected)
  }

  @Test(arguments: [
    ("application", "", "salesforce×2 jira×1"), ("provider", "j", "jira×1"),
    ("application", "SALES", "salesforce×2"), ("application", "x", ""),
    ("tags", "", "tag-b×2 tag-a×1"), ("tags", "tag-a", "tag-a×1"), ("folder_id", "", "4515×2 12×1"),
    ("folder_id", "1", "12×1"), ("id", "36", "36×1 360×1"), ("id", "4", ""),
    ("authorization_status", "", "failed×1 success×1"), ("external_id", "", "u-1×1"),
    ("project_id", "", "7×1"), ("parent_id", "", "36×1"), ("name", "p", "Prod JIRA connection×1"),
    ("name", "P", "Prod JIRA connection×1"), ("name", "acme salesforcep", ""),
    ("name", "prod jira connections", ""), ("created_at", "", ""), ("raw", "", ""),
    ("connected", "", ""), ("input", "", ""), ("outcome", "", ""), ("", "", ""),
  ])
  func findsValuesByPrefix(_ field: String, _ prefix: String, _ expected: String) throws {
    expectEqual(try found(field, prefix), expected)
  }

  @Test func respectsTheLimit() throws {
    expectEqual(try found("application", "", limit: 1), "salesforce×2")
    expectEqual(try found("application", "", limit: 0), "")
  }

  private func candidates(_ text: String) throws -> [String] {
    let input = Analysis.Input(name: "repl", bytes: Array(text.utf8))
    let completion = Completion(
      input, at: text.utf8.count, vocabulary: .standard, scope: Scope { _ in .problem("none") })
    var index = ValueIndex(try Self.connections(Self.listing))
    return index.candidates(for: try #require(completion.lookup)).map {
      "\($0.text) — \($0.detail)"
    }
  }

  @Test(arguments: [
    ("get 36", ["36 — ACME Salesforce", #"360 — say "x"\n'y'\u{202E}"#]),
    ("list where parent_id == ", ["36 — ACME Salesforce"]),
    ("list where application == \"s", ["salesforce — 2 connections"]),
    ("list where application == ", ["\"salesforce\" — 2 connections", "\"jira\" — 1 connection"]),
    ("list where folder_id in [1, ", ["4515 — 2 connections", "12 — 1 connection"]),
    ("list where name == \"s", [#"say \"x\"\n'y'\u{202E} — 1 connection"#]),
    ("list where name == 's", []), ("list where name == 'A", ["ACME Salesforce — 1 connection"]),
    ("list where id == \"3", []), ("from \"", []),
  ])
  func quotesCandidates(_ text: String, _ expected: [String]) throws {
    expectEqual(try candidates(text), expected)
  }

  /// The text after the cursor is behind `‸`.
  @Test(arguments: [
    ("list where name == \"A‸", "\""), ("list where name == 'A‸", "'"),
    ("list where name == \"A‸\"", ""), ("list where name == \"A‸CME\" and connected", ""),
    ("list where name == \"A‸ and application == \"x\"", "\""), ("list where name == ‸", ""),
  ])
  func namesTheClosingQuote(_ marked: String, _ closing: String) throws {
    let parts = marked.split(separator: "‸", omittingEmptySubsequences: false)
    let input = Analysis.Input(name: "repl", bytes: Array(parts.joined().utf8))
    let completion = Completion(
      input, at: parts[0].utf8.count, vocabulary: .standard,
      scope: Scope { _ in .problem("none") })
    #expect(completion.lookup?.closing == closing)
  }

  /// The statuses, and the applications of earlier sessions, need no list.
  @Test(arguments: [
    ("authorization_status", "", "\"success\"  \"failed\"  \"exception\" "),
    ("authorization_status", "ex", "\"exception\" "), ("application", "", "\"jira\"  \"slack\" "),
    ("provider", "s", "\"slack\" "), ("name", "", ""),
  ])
  func knowsValuesWithoutAList(_ field: String, _ prefix: String, _ expected: String) {
    var index = ValueIndex([], known: ["application": ["jira", "slack"]])
    let lookup = Completion.Lookup(subject: .value(field: field), prefix: prefix, quoting: .none)
    let found = index.candidates(for: lookup).map { "\($0.text) \($0.detail)" }
    #expect(found.joined(separator: " ") == expected)
  }

  @Test func distinguishesCanonicallyEquivalentTexts() throws {
    let json = "[{\"id\": 1, \"name\": \"\u{E9}\"}, {\"id\": 2, \"name\": \"e\u{301}\"}]"
    var index = ValueIndex(try Self.connections(json))
    #expect(index.values(of: "name", prefix: "", limit: 9).map(\.count) == [1, 1])
    #expect(index.values(of: "name", prefix: "e", limit: 9).count == 1)
  }

  @Test func omitsHugeValues() throws {
    let huge = String(repeating: "a", count: 1_000_000)
    var index = ValueIndex(try Self.connections("[{\"id\": 1, \"name\": \"\(huge)\"}]"))
    #expect(index.values(of: "name", prefix: "a", limit: 9) == [])
  }

  /// A text field holds numbers too, as text.
  private static func text(_ json: JSON?) -> String? {
    switch json {
    case .string(let text), .number(let text): text
    case .int(let number): String(number)
    default: nil
    }
  }

  /// A prefix finds the same values as a plain search, whatever the values are.
  @Test(arguments: 0..<20)
  func agreesWithAPlainSearch(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let connections = try RandomWorkspace(rows: 60, &random).connections
    var index = ValueIndex(connections)
    for field in ["name", "application", "external_id", "authorization_status", "description"] {
      let values = connections.compactMap { Self.text($0.member(field)) }
      let prefixes = [""] + values.prefix(5).map { String($0.unicodeScalars.prefix(2)) }
      for prefix in prefixes {
        let wanted = values.filter { $0.utf8.starts(with: prefix.utf8) && $0.utf8.count <= 200 }
        let found = index.values(of: field, prefix: prefix, limit: 1_000)
        #expect(Set(found.map { Array($0.value.utf8) }) == Set(wanted.map { Array($0.utf8) }))
        #expect(found.map(\.count).reduce(0, +) == wanted.count)
        #expect(found.map(\.count) == found.map(\.count).sorted(by: >))
      }
    }
  }
}
