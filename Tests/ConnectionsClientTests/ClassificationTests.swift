import API
import JSON
import Testing

@Suite struct ClassificationTests {
  private static let row = #"{"id":36,"name":"jira_connection","provider":"jira"}"#
  private static let refusal =
    #"{"success":false,"status":"rejected","message":"You can't delete a connection used by active recipes"}"#

  static let create = WriteCall.create([])
  static let update = WriteCall.update(id: 36, [])
  static let disconnect = WriteCall.disconnect(id: 36, force: false)
  static let delete = WriteCall.delete(id: 36)
  static let tag = WriteCall.assignTags(add: ["tag-a"], connections: [36, 37])
  static let all = [create, update, disconnect, delete, tag]

  private func label(
    _ call: WriteCall, _ status: Int, _ body: String, _ headers: [Answer.Header] = []
  )
    -> String
  {
    switch CallResult(call, Answer(status: status, headers: headers, body: Array(body.utf8))) {
    case .applied: "applied"
    case .unknown: "unknown"
    case .notSent: "notSent"
    case .rejected(let rejection):
      switch rejection.kind {
      case .unauthorized: "unauthorized"
      case .forbidden: "forbidden"
      case .notFound: "notFound"
      case .refused: "refused"
      case .invalid: "invalid"
      case .conflict: "conflict"
      case .limited: "limited"
      }
    }
  }

  /// Every status of the table, with the body that the API documents for it or none.
  @Test(arguments: [
    (400, #"{"message":"Bad request"}"#, "invalid"),
    (401, #"{"message":"Unauthorized"}"#, "unauthorized"),
    (401, "", "unauthorized"), (403, "", "forbidden"),
    (404, #"{"message":"Not found"}"#, "notFound"),
    (404, "<html></html>", "unknown"), (404, "", "unknown"), (405, "", "invalid"),
    (409, "{}", "conflict"),
    (410, "", "invalid"), (413, "", "invalid"), (414, "", "invalid"), (415, "", "invalid"),
    (422, #"{"errors":{"name":["x"]}}"#, "invalid"), (429, "", "limited"), (431, "", "invalid"),
    (501, "", "invalid"), (200, refusal, "refused"), (422, refusal, "refused"),
    (500, refusal, "refused"),
    (301, "", "unknown"), (302, "", "unknown"), (308, "", "unknown"), (408, "", "unknown"),
    (500, #"{"message":"Server error","id":"u"}"#, "unknown"), (502, "", "unknown"),
    (503, "", "unknown"),
    (504, "", "unknown"), (200, "<html>sign in</html>", "unknown"),
    (200, #"{"success":tr"#, "unknown"),
    (200, "[]", "unknown"), (200, #"{"errors":["tag-b"]}"#, "refused"),
    (200, #"{"error":"no"}"#, "refused"), (200, #"{"Success":false}"#, "refused"),
    (200, #"{"success":false,"success":true}"#, "unknown"),
    (200, #"{"success":true,"success":false}"#, "unknown"),
    (200, #"{"success":true,"status":"deleted","\u0073tatus":"disconnected"}"#, "unknown"),
    (200, #"{"id":36,"id":36,"name":"a"}"#, "unknown"),
  ])
  func classifiesEveryStatusForEveryCall(_ status: Int, _ body: String, _ expected: String) {
    for call in Self.all { #expect(label(call, status, body) == expected, "\(call)") }
  }

  @Test func anotherObjectLeavesAllWritesButTagsUnknown() {
    for body in [#"{"success":true,"status":"other"}"#, #"{"id":"x"}"#] {
      let labels = Self.all.map { label($0, 200, body) }
      #expect(labels == ["unknown", "unknown", "unknown", "unknown", "applied"])
    }
  }

  @Test func statusOutweighsTheRefusalInTheBody() {
    for (status, label) in [
      (401, "unauthorized"), (403, "forbidden"), (404, "notFound"), (429, "limited"),
    ] {
      #expect(self.label(Self.delete, status, Self.refusal) == label)
    }
  }

  @Test func recognizesSuccess() {
    #expect(label(Self.create, 200, Self.row) == "applied")
    #expect(label(Self.create, 201, Self.row) == "applied")
    #expect(label(Self.update, 200, Self.row) == "applied")
    #expect(label(Self.update, 200, #"{"id":37,"name":"other"}"#) == "unknown")
    #expect(label(Self.disconnect, 200, #"{"success":true,"status":"disconnected"}"#) == "applied")
    #expect(label(Self.delete, 200, #"{"success":true,"status":"deleted"}"#) == "applied")
  }

  /// Answers that say nothing count as empty ones.
  @Test(arguments: [
    (200, "null"), (200, "OK"), (200, " ok\r\n"), (200, #""OK""#), (200, " "), (202, ""),
    (202, #"{"id":7}"#), (205, ""), (201, ""),
  ])
  func answersThatSayNothingAreEmpty(_ status: Int, _ body: String) {
    let answer = Answer(status: status, body: Array(body.utf8))
    for call in [Self.disconnect, Self.delete, Self.tag] {
      #expect(CallResult(call, answer) == .applied(status: status, nil, hasEmptyBody: true))
    }
    for call in [Self.create, Self.update] { #expect(label(call, status, body) == "unknown") }
  }

  @Test(arguments: [#"{"Success":true}"#, #"{"success":true}"#, "{}"])
  func bareSuccessIsEmpty(_ body: String) {
    let answer = Answer(status: 200, body: Array(body.utf8))
    for call in [Self.disconnect, Self.delete] {
      #expect(CallResult(call, answer) == .applied(status: 200, nil, hasEmptyBody: true))
    }
  }

  @Test(arguments: [
    (#"{"errors":["a","b"]}"#, "a; b"), (#"{"errors":"a"}"#, "a"),
    (#"{"error":{"code":"E1","title":"No such folder"}}"#, "No such folder (E1)"),
    (#"{"errors":[{"code":7,"title":"a"},{"title":"b"}]}"#, "a (7); b"),
    (#"{"errors":{"name":["is taken","is long"]}}"#, "name: is taken, is long"),
    (#"{"error":"a","errors":[]}"#, "a"), (#"{"errors":[{"message":"a"}]}"#, "a"),
  ])
  func errorsAreTheServersWords(_ body: String, _ words: String) {
    let rejection = Rejection(kind: .refused, status: 200, message: words)
    for call in Self.all {
      #expect(
        CallResult(call, Answer(status: 200, body: Array(body.utf8))) == .rejected(rejection))
    }
    #expect(listError(200, body) == .refused(words))
    #expect(listError(422, body) == .invalid(words))
  }

  @Test(arguments: [
    #"{"id":36,"name":"x","error":"expired"}"#, #"{"id":36,"errors":["x"]}"#,
    #"{"id":36,"errors":null}"#,
  ])
  func connectionMayHaveFieldsForErrors(_ body: String) {
    #expect(label(Self.update, 200, body) == "applied")
  }

  @Test func emptyErrorsRefuseNothing() throws {
    let body = #"{"errors":[],"error":null,"result":[\#(Self.row)]}"#
    let connections = try ListAnswer.connections(in: Answer(status: 200, body: Array(body.utf8)))
    #expect(connections.map(\.id) == [36])
  }

  @Test func emptyAnswerLeavesWritesOfRowsUnknown() {
    #expect(label(Self.create, 200, "") == "unknown")
    #expect(label(Self.update, 200, "") == "unknown")
    #expect(label(Self.disconnect, 200, "") == "applied")
    #expect(label(Self.delete, 204, "") == "applied")
    #expect(label(Self.tag, 200, "") == "applied")
  }

  @Test(arguments: [
    (200, "", CallResult.applied(status: 200, nil, hasEmptyBody: true)),
    (204, "", .applied(status: 204, nil, hasEmptyBody: true)),
    (200, "{}", .applied(status: 200, nil)),
    (200, #"{"success":true}"#, .applied(status: 200, nil)),
    (
      200, #"{"errors":["tag-b"]}"#,
      .rejected(Rejection(kind: .refused, status: 200, message: "tag-b"))
    ),
    (
      200, "<html>",
      .unknown(
        UnknownReason(
          .foreign,
          "this token's API client role lacks the privilege for tags: "
            + "the server answers with a web page", status: 200))
    ),
  ])
  func readsAnswersToATagCall(_ status: Int, _ body: String, _ expected: CallResult) {
    #expect(CallResult(Self.tag, Answer(status: status, body: Array(body.utf8))) == expected)
  }

  @Test func keepsTheServersMessage() {
    let answer = Answer(
      status: 500, body: Array(#"{"message":"Server error","id":"8f14e45f"}"#.utf8))
    #expect(
      CallResult(Self.delete, answer)
        == .unknown(UnknownReason(.server, "Server error; id 8f14e45f", status: 500)))
    let invalid = Answer(
      status: 422, body: Array(#"{"errors":{"folder_id":["is not there"]}}"#.utf8))
    let rejection = Rejection(kind: .invalid, status: 422, message: "folder_id: is not there")
    #expect(CallResult(Self.update, invalid) == .rejected(rejection))
  }

  @Test func redirectShowsOnlySchemeAndHost() {
    let location = Answer.Header("Location", "https://user:pw@login.example/path?token=hunter2")
    let answer = Answer(status: 302, headers: [location])
    #expect(
      CallResult(Self.delete, answer)
        == .unknown(
          UnknownReason(.foreign, "the server redirects to https://login.example", status: 302)))
  }

  @Test func readsRetryAfterInSeconds() {
    let answer = Answer(status: 429, headers: [Answer.Header("retry-after", "7")])
    let rejection = Rejection(
      kind: .limited(retryAfter: 7), status: 429, message: "rate limit exceeded")
    #expect(CallResult(Self.delete, answer) == .rejected(rejection))
  }

  /// The date is read against the answer's own, whatever this machine's clock says.
  @Test(arguments: [
    ("Fri, 31 Jan 2025 10:00:30 GMT", 30.0), ("Sat, 01 Feb 2025 10:00:00 GMT", 86_400),
    ("Friday, 31-Jan-25 10:00:30 GMT", 30), ("Fri Jan 31 10:00:30 2025", 30),
    ("Sat Feb  1 10:00:00 2025", 86_400), (" 5\t", 5), ("1e3", nil), ("+3", nil), ("0x10", nil),
    ("3.5", nil), ("5, 6", nil), ("٣", nil), ("nan", nil), ("99999999999999999999", 1e20),
    (String(repeating: "9", count: 400), nil), ("Friday, 31-Jan-2025 10:00:30 GMT", nil),
    ("Fri, 31 Jan 99999999999999999999 10:00:30 GMT", nil), ("Fri, +1 Jan 2025 10:00:30 GMT", nil),
    ("Fri, 31 Jan 2025 24:00:00 GMT", nil), ("Fri, 00 Jan 2025 10:00:30 GMT", nil),
    ("Fri, 31 Jan 2025 09:59:59 GMT", 0), ("tomorrow", nil), ("", nil), ("-3", nil), ("inf", nil),
    ("Fri, 31 Foo 2025 10:00:30 GMT", nil), ("Fri, 31 Jan 2025 10:00:30 CET", nil),
  ])
  func readsRetryAfterAsADate(_ text: String, _ expected: Double?) {
    let headers = [
      Answer.Header("Retry-After", text), Answer.Header("Date", "Fri, 31 Jan 2025 10:00:00 GMT"),
    ]
    let rejection = Rejection(
      kind: .limited(retryAfter: expected), status: 429, message: "rate limit exceeded")
    #expect(CallResult(Self.delete, Answer(status: 429, headers: headers)) == .rejected(rejection))
  }

  @Test func survivesRandomHeaders() {
    var random = SystemRandomNumberGenerator()
    let dates = [
      "Fri, 31 Jan 2025 10:00:00 GMT", "Friday, 31-Jan-25 10:00:30 GMT", "Fri Jan 31 10:00:30 2025",
    ]
    for _ in 0..<20_000 {
      let values = dates.map { date in
        var bytes = Array(date.utf8)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          bytes[.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
        }
        return String(decoding: bytes, as: UTF8.self)
      }
      let headers = [Answer.Header("Retry-After", values[0]), Answer.Header("Date", values[1])]
      _ = CallResult(Self.delete, Answer(status: 429, headers: headers))
      _ = HTTPDate.seconds(values[2])
    }
  }

  // MARK: Lists

  private func listError(_ status: Int, _ body: String, _ headers: [Answer.Header] = [])
    -> ClientError?
  {
    do {
      _ = try ListAnswer.connections(
        in: Answer(status: status, headers: headers, body: Array(body.utf8)))
      return nil
    } catch {
      return error
    }
  }

  @Test func readsBareAndWrappedLists() throws {
    for body in ["[\(Self.row)]", #"{"result":[\#(Self.row)]}"#, "\u{FEFF}[\(Self.row)]"] {
      let connections = try ListAnswer.connections(in: Answer(status: 200, body: Array(body.utf8)))
      #expect(connections.map(\.id) == [36])
      #expect(connections[0].member("application")?.string == "jira")
    }
  }

  @Test(arguments: [
    (200, "<!DOCTYPE html>", ClientError.webPage),
    (200, "", .unreadable("unexpected end: a value is missing at byte 0")),
    (
      200, #"{"success":false,"success":true}"#,
      .unreadable(#""success" appears twice in an object at byte 17"#)
    ),
    (
      200, #"[{"id":36,"i\u0064":37}]"#, .unreadable(#""id" appears twice in an object at byte 10"#)
    ),
    (200, #"[{"id":36"#, .unreadable("unexpected end inside a value at byte 9")),
    (200, "{}", .unreadable("expected a list of connections")),
    (
      200, #"[{"name":"x"}]"#,
      .unreadable("element 1 is not a connection: its id is not an integer")
    ),
    (401, #"{"message":"Unauthorized"}"#, .unauthorized("Unauthorized")),
    (403, "", .forbidden("Forbidden")),
    (404, "", .notFound), (429, "", .limited(retryAfter: nil)), (400, "", .invalid("not accepted")),
    (
      500, #"{"message":"Server error","id":"u"}"#,
      .server(status: 500, message: "Server error; id u")
    ),
    (302, "", .redirected(to: "an unknown location")),
    (200, #"{"success":false,"message":"no"}"#, .refused("no")),
    (205, "[]", .unreadable("status 205 is not a complete answer")),
    (206, "[]", .unreadable("status 206 is not a complete answer")),
    (226, "[]", .unreadable("status 226 is not a complete answer")),
    (202, "[]", .unreadable("status 202 is not a complete answer")),
    (422, #"["a","b"]"#, .invalid("a; b")),
  ])
  func reportsUnreadableLists(_ status: Int, _ body: String, _ expected: ClientError) {
    #expect(listError(status, body) == expected)
  }

  /// Reading ends at the first element that isn't a connection, so what follows isn't even parsed.
  @Test(arguments: [
    "[0,0,", "[[0,", "[{},{},", #"[{"id":null},"#, #"[{"id":1},"x","#, #"{"result":[0,"#,
    #"{"page":[0],"result":[{"id":1},{"name":"x"},"#, #"[{"id":1.5},"#,
  ])
  func endsAtTheFirstElementThatIsNoConnection(_ start: String) {
    let error = listError(200, start + "never valid")
    #expect("\(error, default: "")".hasSuffix("is not a connection: its id is not an integer"))
  }

  @Test func keepsOtherListsInTheAnswer() {
    let body = #"{"ids":[0,1],"result":[{"id":1,"tags":["a",2,[3]]}],"more":[null]}"#
    #expect(listError(200, body) == nil)
  }

  /// A hostile list is refused with little memory and in little time.
  @Test func boundsTheValuesOfAList() {
    let zeros = String(repeating: "0,", count: 5_000_000)
    #expect(
      listError(200, #"[{"id":1,"x":[\#(zeros)0]}]"#)
        == .unreadable("too many values at byte 8000006"))
  }
}
