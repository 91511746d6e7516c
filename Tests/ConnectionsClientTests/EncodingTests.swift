import API
import AsyncHTTPClient
import ConnectionsClient
import JSON
import TestSupport
import Testing

@Suite struct EncodingTests {
  @Test func encodesRequestsAsTheAPIDocuments() {
    let requests: [(Request, String)] = [
      (.list(ListQuery()), "GET /api/connections nil"),
      (
        WriteCall.create([RequestBody.Member("name", .json(.string("Prod JIRA connection")))])
          .request,
        #"POST /api/connections {"name":"Prod JIRA connection"}"#
      ),
      (
        WriteCall.update(id: 1678, [RequestBody.Member("folder_id", .json(.int(28940)))]).request,
        #"PUT /api/connections/1678 {"folder_id":28940}"#
      ),
      (
        WriteCall.disconnect(id: 1678, force: true).request,
        #"POST /api/connections/1678/disconnect {"force":true}"#
      ),
      (
        WriteCall.disconnect(id: 1678, force: false).request,
        "POST /api/connections/1678/disconnect nil"
      ),
      (WriteCall.delete(id: 1678).request, "DELETE /api/connections/1678 nil"),
      (.tags(page: 2), "GET /api/tags?page=2&per_page=100 nil"),
      (
        WriteCall.assignTags(add: ["tag-a", "tag-b"], remove: ["tag-c"], connections: [36, 37])
          .request,
        #"POST /api/tags_assignments {"add_tags":["tag-a","tag-b"],"remove_tags":["tag-c"],"#
          + #""connection_ids":[36,37]}"#
      ),
      (
        WriteCall.assignTags(add: ["tag-a"], connections: [36, -1]).request,
        #"POST /api/tags_assignments {"add_tags":["tag-a"],"connection_ids":[36,"{new1}"]}"#
      ),
      (
        WriteCall.assignTags(remove: [#"{handle of "Accounting"}"#], connections: []).request,
        #"POST /api/tags_assignments {"remove_tags":["{handle of \"Accounting\"}"],"#
          + #""connection_ids":["{id}"]}"#
      ),
    ]
    for (request, expected) in requests {
      let body = request.body?.shown.text ?? "nil"
      #expect("\(request.method.rawValue) \(request.target) \(body)" == expected)
    }
  }

  @Test func encodesQueryParameters() {
    var query = ListQuery()
    query.folderID = 4515
    query.parentID = 1
    query.externalID = "a&b=c é"
    query.updatedAfter = "2026-01-31T10:00:00Z"
    query.includesTags = true
    query.includesRuntimeConnections = true
    #expect(
      Request.list(query).target
        == "/api/connections?folder_id=4515&parent_id=1&external_id=a%26b%3Dc%20%C3%A9"
        + "&include_runtime_connections=true&includes%5B%5D=tags&updated_after=2026-01-31T10:00:00Z"
    )
  }

  @Test(arguments: [
    ("https://www.workato.com", "https://www.workato.com"),
    ("https://app.eu.workato.com/api", "https://app.eu.workato.com"),
    ("https://APP.eu.workato.com/api/", "https://app.eu.workato.com"),
    ("http://localhost:80", "http://localhost:80"),
    ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"), ("http://[::1]:9", "http://[::1]:9"),
  ])
  func normalizesAddresses(_ text: String, _ base: String) throws {
    expectEqual(try ServerAddress(text).base, base)
  }

  @Test(arguments: [
    "", "www.workato.com", "ftp://x", "https://", "https://x/other", "https://u:p@x", "https://x?y",
    "http://www.workato.com", "http://127.0.0.1.evil.example", "http://localhost.evil.example",
    "http://127.1", "https://x y", "http://[::1].evil.example", "https://x:y", "https://x:99999",
    "https://[", "https://]", "https://[]", "https://[]:1", "https://[:1", "https://[::1",
    "https://[[::1]]",
    "https://[zz]", "https://[::1\0]", "https://[::1\0x]", "https://[::1]x80", "https://[1.2.3.4]",
    "https://[::1%25lo]", "https://[::1]:",
    "https://x:+80", "https://x:-80", "https://x:0", "https://x:", "https://x:080000",
    "https://x:８０",
    "https://:80", "https://.", "https://..", "https://a..b", "https://a:b:1", "https://::1",
  ])
  func rejectsInvalidAddresses(_ text: String) {
    #expect(throws: ServerAddress.Problem.self) { try ServerAddress(text) }
  }

  /// Random texts of the bytes of addresses. The HTTP client takes what is accepted.
  @Test func randomAddressesAreReadOrRejected() throws {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "[", "]", ":", ".", "/", "@", "+", "%", "0", "80", "::1", "a", "-", "é", "İ", "\0", " ",
    ]
    for _ in 0..<20_000 {
      let parts = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      guard let address = try? ServerAddress("https://" + parts.joined()) else { continue }
      expectEqual(try ServerAddress(address.base), address)
      #expect(throws: Never.self, "\(address.base)") {
        try HTTPClient.Request(url: address.base + "/api/connections")
      }
    }
  }

  @Test(arguments: ["", "\n", "a b", "a\"", "a\n\n", "=", "tökén", "a=b"])
  func rejectsInvalidTokens(_ text: String) {
    #expect(throws: APIToken.Problem.self) { try APIToken(text) }
  }

  @Test func tokenIsNeverPrinted() throws {
    let token = try APIToken("wrk-hunter2==\n")
    #expect("\(token)" == "‹token›")
    #expect(String(reflecting: token) == "‹token›")
    var dumped = ""
    dump(token, to: &dumped)
    #expect(!dumped.contains("hunter2"))
    #expect(Mirror(reflecting: token).children.isEmpty)
  }

  @Test(arguments: [
    ("env:JIRA_TOKEN", "env:JIRA_TOKEN"), ("cmd:pass show x", "cmd:pass show x"),
    ("prompt", "prompt"),
    ("cmd:sh -c 'echo x'", "cmd:sh -c 'echo x'"), ("cmd:a  \"b c\"  d", "cmd:a 'b c' d"),
    ("cmd:a ''", "cmd:a ''"), ("cmd:", nil), ("cmd:  ", nil), ("cmd:a 'b", nil),
    ("cmd:a \"b", nil), ("cmd:a \\", nil),
    ("file:/x", "file:/x"), ("hunter2", nil), ("env:", nil), ("other:x", nil), ("", nil),
  ])
  func parsesSecretReferences(_ text: String, _ expected: String?) {
    #expect(SecretReference(text)?.description == expected)
  }

  /// Quotes keep words together; nothing is expanded.
  @Test(arguments: [
    ("sh -c 'echo x'", ["sh", "-c", "echo x"]), ("a'b c'd", ["ab cd"]), (#"a\ b"#, ["a b"]),
    (#""a \"b\" \n""#, [#"a "b" \n"#]), (#"'a\'"#, [#"a\"#]),
    ("$HOME * | ;", ["$HOME", "*", "|", ";"]),
    ("'' \"\"", ["", ""]), ("\ta \n b ", ["a", "b"]), ("it\"'\"s", ["it's"]),
  ])
  func splitsCommandsLikeAShellWithoutExpanding(_ text: String, _ words: [String]) throws {
    let reference = try #require(SecretReference("cmd:" + text))
    #expect(reference.source == .command(words))
    #expect(SecretReference(reference.description) == reference)
  }
}
