import API
import Execution
import JSON
import TestSupport
import Testing
import Text

/// `show as record`.
@Suite struct RecordTests {
  private func record(
    _ script: String, width: Int? = nil, style: TextStyle = .plain,
    _ connections: [Connection] = Samples.connections
  ) async throws -> String {
    let fixture = PipelineFixture(connections)
    let result = try await fixture.run(script + " | show as record") {
      $0.width = width
      $0.style = style
    }
    #expect(result.error == nil)
    return fixture.output.text
  }

  private func connection(_ json: String) throws -> Connection {
    try #require(Connection(try JSONParser.parse(Array(json.utf8))))
  }

  @Test func showsAWholeConnection() async throws {
    expectText(
      try await record("get 38"),
      """
      id                    38
      name                  jira_connection
      application           jira
      authorized_at         –
      authorization_status  –
      created_at            2015-05-26T22:53:52.532Z
      updated_at            2015-05-26T22:53:52.532Z
      external_id           12977
      folder_id             28940
      parent_id             36
      project_id            7
      tags                  []
      connected             false
      custom                {
                              "a": [
                                1,
                                2.50
                              ]
                            }

      """)
  }

  @Test func showsSeveralRowsAndNulls() async throws {
    expectText(
      try await record("get 36, 40 | select id, name, external_id, description, tags", width: 30),
      """
      ── 1 of 2 ────────────────────
      id           36
      name         Prod JIRA
                   connection
      external_id  U12904
      description  –
      tags         ["x", "prod"]
      ── 2 of 2 ────────────────────
      id           40
      name         bell\\u{7} 日本
      external_id  U12904
      description  –
      tags         ["y"]

      """)
  }

  @Test func coloursNamesAndNulls() async throws {
    expectEqual(
      try await record("get 36 | select id, description", style: .colored),
      "\u{1B}[1mid           \u{1B}[0m36\n\u{1B}[1mdescription  \u{1B}[0m\u{1B}[2m–\u{1B}[0m\n"
    )
  }

  @Test func showsNoRows() async throws {
    expectEqual(try await record("list where id == 1"), "0 rows\n")
  }

  @Test func wrapsLongValues() async throws {
    let script =
      "get 36 | select id, text = \"one two three four fiveteen-and-more-than-a-line six\""
    expectText(
      try await record(script, width: 26),
      """
      id    36
      text  one two three four
            fiveteen-and-more-th
            an-a-line six

      """)
    expectText(
      try await record(script, width: 12),
      """
      id
        36
      text
        one two
        three four
        fiveteen-a
        nd-more-th
        an-a-line
        six

      """)
  }

  @Test func escapesHostileTextAndShowsUnknownMembers() async throws {
    let odd = try connection(
      #"{"id":1,"name":"a\u001b[2J\nb","application":"jira","we\u202eird":{"a":[1,{"b":"\u0007"}],"e":{}},"connected":"no","empty":"","a name that is longer than any column has room for":1,"folder_id":"x","tags":[]}"#
    )
    expectText(
      try await record("list", [odd]),
      """
      id                              1
      name                            a\\u{1B}[2J\\nb
      application                     jira
      folder_id                       x
      tags                            []
      connected                       false
      we\\u{202E}ird                   {
                                        "a": [
                                          1,
                                          {
                                            "b": "\\u0007"
                                          }
                                        ],
                                        "e": {}
                                      }
      connected                       no
      empty                           ""
      a name that is longer than any column has room for
                                      1

      """)
  }

  @Test(arguments: [1, 2, 5, 20, 40, 79])
  func linesFitTheWidth(_ width: Int) async throws {
    let text = try await record("list", width: width)
    let limit = max(width, 16)
    #expect(text.split(separator: "\n").allSatisfy { String($0).displayWidth <= limit })
  }
}
