import ConnectionsClient
import Testing

@Suite struct CallLogTests {
  private let ledger = CallLog(
    boot: "b", lists: [.init(id: 1, sent: 5, answered: 5.25)],
    related: [.init(id: 2, sent: 4, answered: 4.5)],
    others: [.init(id: .max, sent: 6.5), .init(id: 3, sent: 1e-7, answered: 2)],
    waiters: [.init(process: 7, since: 6, expected: 7.5)], holds: [.list: 37.5, .other: 12])

  @Test func writesAndReadsItsText() {
    #expect(
      ledger.text
        == #"{"format":1,"boot":"b","lists":[[1,5.0,5.25]],"#
        + #""others":[[-1,6.5,null],[3,1e-07,2.0]],"waiters":[[7,6.0,7.5]],"#
        + #""related":[[2,4.0,4.5]],"holds":{"list":37.5,"other":12.0}}"#)
    #expect(CallLog.read(Array(ledger.text.utf8), boot: "b") == ledger)
  }

  @Test func readsTheTextOfAVersionWithoutRelatedCalls() {
    let text = #"{"format":1,"boot":"b","lists":[[1,5.0,5.25]],"others":[],"waiters":[]}"#
    let read = CallLog.read(Array(text.utf8), boot: "b")
    #expect(read == CallLog(boot: "b", lists: ledger.lists))
  }

  /// A later version may have other budgets.
  @Test func ignoresHoldsOfUnknownBudgets() {
    let text =
      #"{"format":1,"boot":"b","lists":[],"others":[],"waiters":[],"holds":{"x":1,"list":7}}"#
    #expect(CallLog.read(Array(text.utf8), boot: "b") == CallLog(boot: "b", holds: [.list: 7]))
  }

  @Test func discardsCallsOfAnotherBoot() {
    #expect(CallLog.read(Array(ledger.text.utf8), boot: "c") == CallLog(boot: "c"))
  }

  @Test func truncatedTextMeansExhaustedBudgets() {
    let bytes = Array(ledger.text.utf8)
    for count in 0..<bytes.count {
      let read = CallLog(reading: Array(bytes.prefix(count)), boot: "b", at: 100)
      #expect(read == .exhausted(boot: "b", at: 100), "\(count) bytes")
    }
  }

  @Test(arguments: [
    "null", "[]", "7", "\"\"", "\u{0}",
    "{\"format\":2,\"boot\":\"b\",\"lists\":[],\"others\":[],\"waiters\":[]}",
    #"{"format":"1","boot":"b","lists":[],"others":[],"waiters":[]}"#,
    #"{"format":1,"lists":[],"others":[],"waiters":[]}"#, #"{"format":1,"boot":"b","lists":[]}"#,
    #"{"format":1,"boot":"b","lists":{},"others":[],"waiters":[]}"#,
    #"{"format":1,"boot":"b","lists":[[1,2]],"others":[],"waiters":[]}"#,
    #"{"format":1,"boot":"b","lists":[["1",2,3]],"others":[],"waiters":[]}"#,
    #"{"format":1,"boot":"b","lists":[[1,1e999,3]],"others":[],"waiters":[]}"#,
    #"{"format":1,"boot":"b","lists":[],"others":[],"waiters":[[1,2]]}"#,
    #"{"format":1,"boot":"b","lists":[],"others":[],"waiters":[[1,2,null]]}"#,
    #"{"format":1,"boot":"b","lists":[],"others":[]}"#,
    #"{"format":1,"boot":"b","lists":[[1,2,false]],"others":[],"waiters":[]}"#,
    #"{"format":1,"boot":"b","lists":[],"others":[],"waiters":[],"holds":[]}"#,
    #"{"format":1,"boot":"b","lists":[],"others":[],"waiters":[],"holds":{"list":null}}"#,
    #"{"format":1,"boot":"b","lists":[],"others":[],"waiters":[],"related":null}"#,
    #"{"format":1,"boot":"b","lists":[],"others":[],"waiters":[],"related":[[1,2]]}"#,
  ])
  func malformedTextMeansExhaustedBudgets(_ text: String) {
    var ledger = CallLog(reading: Array(text.utf8), boot: "b", at: 100)
    #expect(ledger == .exhausted(boot: "b", at: 100))
    var pace = RateLimiter()
    for kind in [RateLimiter.Kind.list, .related] {
      #expect(pace.admit(kind, at: 100, in: &ledger) == .notBefore(160.05))
    }
    #expect(pace.admit(.other, at: 100, in: &ledger) == .notBefore(101))
  }

  @Test func rejectsInvalidUTF8() {
    #expect(CallLog.read([0xFF, 0xFE, 0], boot: "b") == nil)
  }

  @Test func keepsOnlyTheLatestCalls() {
    let calls = (0..<100_000).map { CallLog.Call(id: $0, sent: Double($0), answered: nil) }
    let waiters = (0..<100_000).map { CallLog.Waiter(process: $0, since: 1, expected: 2) }
    let ledger = CallLog(boot: "b", lists: calls, related: calls, others: calls, waiters: waiters)
    #expect(ledger.lists.map(\.id) == Array(99_940..<100_000))
    #expect(ledger.related.map(\.id) == Array(99_940..<100_000))
    #expect(ledger.others.map(\.id) == Array(99_992..<100_000))
    #expect(ledger.text.utf8.count < 16_384)
  }
}
