import API
import JSON
import TestSupport
import Testing
import Text

/// The end of a malformed list, found while it arrives.
@Suite struct ListScannerTests {
  /// Returns the bytes up to the end of the first other element; `nil` if there is none.
  private func cut(_ text: String) -> String? {
    var scanner = ListScanner()
    let bytes = Array(text.utf8)
    for end in bytes.indices where scanner.findsOther(in: bytes[end...end]) {
      return String(decoding: bytes[...end], as: UTF8.self)
    }
    return nil
  }

  @Test(arguments: [
    ("[0,0]", "[0"), ("[{},{}]", "[{}"),
    (#"[{"id":1},{"a":{"id":1}},1]"#, #"[{"id":1},{"a":{"id":1}}"#),
    (#"[{"id":1},[]]"#, #"[{"id":1},["#), (#"[{"a":"id"},0]"#, #"[{"a":"id"}"#),
    (#"{"result":[0,0]}"#, #"{"result":[0"#), (#"{ "result" : [ {}, 1"#, #"{ "result" : [ {}"#),
    (#"{"a":[0],"result":["x""#, #"{"a":[0],"result":[""#),
    (#"{"a":"result","result":[0"#, #"{"a":"result","result":[0"#),
    (#"{"result":[{"id":1},{"idx":1,"x":["]}"]},0"#, #"{"result":[{"id":1},{"idx":1,"x":["]}"]}"#),
    ("\u{FEFF}[null", "\u{FEFF}[n"),
  ])
  func findsTheFirstOther(_ text: String, _ expected: String) {
    #expect(cut(text) == expected)
  }

  @Test(arguments: [
    "[]", #"[{"id":1}]"#, #"[{"a":[0,{}],"id":1,"b":{}},{"id":2}]"#, #"{"result":[{"id":1}]}"#,
    #"[{"\u0069d":1}]"#, #"[{"handle":"tag-a","title":"b"}]"#, #"{"result":[]}"#,
    #"{"data":{"tags":[{}, 0]},"x":[0]}"#, #"{"results":[0],"resul":[0]}"#,
    #"{"a":"result","b":[0]}"#,
    #"{"x":{"result":[0]}}"#, #"{"result":{"x":[0]}}"#, #"["#, "0", "", #""[0]""#,
    #"{"result":[]}0"#,
  ])
  func findsNone(_ text: String) {
    #expect(cut(text) == nil)
  }

  /// Whether a list arrives at once or byte by byte makes no difference.
  @Test func piecesMakeNoDifference() {
    var random = SplitMix64(seed: 7)
    let pieces = [
      "{", "}", "[", "]", ",", ":", #""id":1"#, #""\"#, #"""#, #""result":["#, "0", #""results""#,
      #""a long text, and \ "more" of it":"é""#, #"{"id":7}"#,
    ]
    for _ in 0..<20_000 {
      let text = (0..<8).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      var scanner = ListScanner()
      #expect(scanner.findsOther(in: Array(text.utf8)[...]) == (cut(text) != nil), "\(text)")
    }
  }

  /// What is cut off is refused, and what the decoder accepts is never cut off.
  @Test func agreesWithTheDecoder() {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "{", "}", "[", "]", ",", ":", #""id""#, #""id":1"#, #""result":["#, "0", #""\"""#,
      #"{"id":7}"#,
      #""result""#, " ", #"{"id":8,"a":[{}]}"#,
    ]
    var (cuts, lists) = (0, 0)
    for round in 0..<40_000 {
      let middle = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      let text = round % 2 == 0 ? "[\(middle.joined(separator: ","))]" : middle.joined()
      let answer = Answer(status: 200, headers: [], body: Array((cut(text) ?? text).utf8))
      let isList = (try? ListAnswer.connections(in: answer)) != nil
      #expect(cut(text) == nil || !isList, "\(text)")
      (cuts, lists) = (cuts + (cut(text) == nil ? 0 : 1), lists + (isList ? 1 : 0))
    }
    #expect(cuts > 1_000 && lists > 1_000)
  }
}
