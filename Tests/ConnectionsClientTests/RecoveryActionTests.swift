import API
import ConnectionsClient
import Testing

/// The table of reactions, and what leads to each of its rows.
@Suite struct RecoveryActionTests {
  /// Columns: list, create, update, update with input, disconnect, delete, tag.
  private static let table: [(ResponseClass, String)] = [
    (.applied, "done done done done done done done"),
    (.notSent, "retry(5) retry(5) retry(5) retry(5) retry(5) retry(5) retry(5)"),
    (.untrusted, "stop stop stop stop stop stop stop"),
    (.foreign, "stop abandon abandon abandon abandon abandon abandon"),
    (.unauthorized, "stop stop stop stop stop stop stop"),
    (.forbidden, "stop failOrStop failOrStop failOrStop failOrStop failOrStop failOrStop"),
    (.notFound, "stop fail gone gone gone gone fail"),
    (.invalid, "stop fail fail fail fail fail fail"),
    (.conflict, "stop reconcile(0) fail fail fail fail fail"),
    (.refused, "stop rejected rejected rejected rejected rejected rejected"),
    (.limited, "wait(8) wait(8) wait(8) wait(8) wait(8) wait(8) wait(8)"),
    (.unknown, "retry(3) reconcile(1) reconcile(3) reconcile(1) retry(3) retry(3) reconcile(3)"),
  ]

  @Test func everyResponseHasItsAction() {
    #expect(Self.table.map(\.0) == ResponseClass.allCases)
    for (situation, expected) in Self.table {
      let actions = CallKind.allCases.map { "\(RecoveryAction.to(situation, of: $0))" }
      #expect(actions.joined(separator: " ") == expected, "\(situation)")
    }
  }

  /// `min(60 s, 1 s · 2^k)`, all of it left to chance.
  @Test func backsOffExponentiallyWithJitter() {
    let longest = (0...9).map { Backoff.seconds(attempt: $0, random: 1.0.nextDown) }
    let expected: [Double] = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    #expect(zip(longest, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect((0...9).map { Backoff.seconds(attempt: $0, random: 0.5) } == expected.map { $0 / 2 })
    #expect((0...9).allSatisfy { Backoff.seconds(attempt: $0, random: 0) == 0 })
    #expect(Backoff.limited(attempt: 3, asked: nil, random: 0) == 4)
    #expect(Backoff.limited(attempt: 3, asked: 7, random: 0) == 7)
    #expect(Backoff.limited(attempt: 3, asked: 1e9, random: 0) == 900)
  }

  @Test func callTimesOutAfterAMinute() {
    #expect(HTTPTransport.callTimeout == .seconds(CallLog.longestCall))
    #expect(HTTPTransport.callTimeout == .seconds(60))
  }

  /// From the bytes of an answer to a delete.
  @Test(arguments: [
    (200, #"{"success":true,"status":"deleted"}"#, ResponseClass.applied), (204, "", .applied),
    (200, "", .applied), (200, #"{"success":true}"#, .applied), (200, "\u{0}\u{16}", .unknown),
    (200, #"{"success":true,"status":"dele"#, .unknown), (200, "<html>", .foreign),
    (200, #"{"success":false,"message":"no"}"#, .refused), (422, #"{"success":false}"#, .refused),
    (500, #"{"success":false}"#, .refused), (301, "", .foreign), (302, "<html>", .foreign),
    (307, "", .foreign), (308, "", .foreign), (400, "", .invalid), (401, "", .unauthorized),
    (403, "<html>", .forbidden), (404, #"{"message":"Not found"}"#, .notFound),
    (404, "<html>", .foreign), (404, "", .foreign), (405, "", .invalid), (408, "", .unknown),
    (409, "", .conflict), (410, "", .invalid), (413, "", .invalid), (414, "", .invalid),
    (415, "", .invalid), (418, "", .unknown), (422, "", .invalid), (429, "", .limited),
    (431, "", .invalid), (500, "", .unknown), (501, "", .invalid), (502, "<html>", .unknown),
    (503, "", .unknown), (504, "", .unknown), (599, "", .unknown),
  ])
  func classifiesAnswers(_ status: Int, _ body: String, _ expected: ResponseClass) {
    let answer = Answer(status: status, body: Array(body.utf8))
    #expect(ResponseClass(CallResult(.delete(id: 36), answer)) == expected)
  }

  @Test(arguments: [
    (TransportFailure.notSent("x"), ResponseClass.notSent), (.refused("x"), .notSent),
    (.untrusted("x"), .untrusted), (.timedOut("x"), .unknown), (.interrupted("x"), .unknown),
  ])
  func classifiesTransportFailures(_ failure: TransportFailure, _ expected: ResponseClass) {
    #expect(ResponseClass(CallResult(failure)) == expected)
  }
}
