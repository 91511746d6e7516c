import JSON
import TestSupport
import Testing

@Suite struct JSONTests {
  @Test(arguments: [
    "null", "true", "-1", "9223372036854775807", "9223372036854775808", "1.50", "1e9", "-0.0",
    #""é\"\\\n""#, "[]", "{}", #"{"b":1,"a":[{"c":null}]}"#, #""\u0007\u200b""#,
  ])
  func roundTripsValues(_ text: String) throws {
    expectEqual(try JSONParser.parse(Array(text.utf8)).text, text)
  }

  @Test(arguments: [
    "", " ", "nul", "01", "1.", "-", "+1", ".5", "1e", "[1,]", "[1", "{\"a\"}", "{\"a\":1,}",
    "{a:1}",
    "\"a", "\"\\x\"", "\"\\u12\"", "\"\n\"", "[] []", "'a'", "\u{0}",
    "-01", "00", "0x1", "1_000", "1.e2", "1e+", "--1", "- 1", "+", "NaN", "Infinity", "-Infinity",
    "True", "NULL", "undefined", "a", "nullx", "truefalse", "[,]", "{,}", "[1 2]", "[1,,2]",
    #"{"a" 1}"#, #"{"a":}"#, #"{"a":1 "b":2}"#, #"{1:2}"#, "{} //", "/* */ 1", "1;", "]", "}",
    "\"\t\"", "\"\u{1F}\"", "\"\\n\t\"", "\"\u{0}\"", #""\U0041""#, #""\'""#, #""\0""#, #""\"#,
    "\u{A0}1", "1\u{A0}", "1\u{B}", "1\u{C}", "\u{2028}1", "1\u{FEFF}", "\u{FEFF}\u{FEFF}1", "１",
  ])
  func rejectsMalformedJSON(_ text: String) {
    #expect(throws: JSONParser.Problem.self) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test(arguments: [
    (#""\u0041""#, "A"), (#""\u00e9\u00E9""#, "éé"), (#""\ud83d\ude00""#, "😀"),
    (#""\uD800\uDC00""#, "\u{10000}"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
    (#""\uFFFD""#, "\u{FFFD}"),
    (#""\u0000""#, "\u{0}"),
  ])
  func decodesEscapes(_ text: String, _ expected: String) throws {
    expectEqual(try JSONParser.parse(Array(text.utf8)), .string(expected))
  }

  @Test(arguments: [
    #"\u-000"#, #"\u+041"#, #"\u 041"#, #"\u004"#, #"\u00g0"#, #"\u004１"#, #"\u0_41"#,
    #"\uD800\u-000"#,
    #"\uD83D\u+E00"#, #"\uD83D\uDE0"#, #"\uD83D\u"#,
  ])
  func rejectsFalseHexadecimalDigits(_ escape: String) throws {
    for text in ["\"\(escape)\"", "{\"\(escape)\":1}", "\"\(escape)"] {
      #expect(throws: JSONParser.Problem.self) { try JSONParser.parse(Array(text.utf8)) }
    }
  }

  @Test(arguments: [
    #"\ud83d"#, #"\ude00"#, #"\ude00x"#, #"\ud83dx"#, #"\ud83d\n"#, #"\ud83d\u0041"#,
    #"\ud83d\ud83d"#, #"\ude00\ud83d"#, #"\ud83d\ud83d\ude00"#,
  ])
  func rejectsHalvesOfSurrogatePairs(_ escape: String) {
    let problem = #expect(throws: JSONParser.Problem.self) {
      try JSONParser.parse(Array("[\"a\(escape)\"]".utf8))
    }
    #expect(problem?.message == "half of a surrogate pair")
    #expect(problem?.offset == 3)
  }

  @Test func rejectsDeepNesting() {
    let text = String(repeating: "[", count: 1_000_000)
    #expect(throws: JSONParser.Problem.self) { try JSONParser.parse(Array(text.utf8)) }
  }

  @Test(
    arguments: [
      [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
      [0xE2, 0x82],
    ] as [[UInt8]])
  func rejectsInvalidUTF8(_ bytes: [UInt8]) {
    for text in [[0x22] + bytes + [0x22], [0x22, 0x5C, 0x6E] + bytes + [0x22], bytes] {
      #expect(throws: JSONParser.Problem.self) { try JSONParser.parse(text) }
    }
  }

  /// A byte order mark before the value is skipped, which the RFC allows.
  @Test func skipsOneByteOrderMark() throws {
    expectEqual(try JSONParser.parse([0xEF, 0xBB, 0xBF] + Array(" 1".utf8)), .int(1))
  }

  // MARK: Names

  @Test(arguments: [
    (#"{"a":1,"a":2}"#, 7, #""a""#), (#"{"a":1,"\u0061":1}"#, 7, #""a""#),
    (#"[{"a":{"b":1, "c":2, "b":1}}]"#, 21, #""b""#), (#"{"":1,"":2}"#, 6, #""""#),
    (#"{"\u200b":1,"\u200b":2}"#, 12, #""\u200b""#), ("{\"é\":1,\"\\u00e9\":2}", 8, "\"é\""),
  ])
  func rejectsANameTwice(_ text: String, _ offset: Int, _ name: String) {
    let problem = #expect(throws: JSONParser.Problem.self) {
      try JSONParser.parse(Array(text.utf8))
    }
    #expect(problem?.message == "\(name) appears twice in an object")
    #expect(problem?.offset == offset)
  }

  /// Canonically equivalent names are different, as are those of different objects.
  @Test(arguments: [
    "{\"é\":1,\"e\u{301}\":2}", #"{"a":1,"A":2}"#, #"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#,
    #"{"a":1,"a ":2,"":3}"#,
  ])
  func acceptsDifferentNames(_ text: String) throws {
    expectEqual(try JSONParser.parse(Array(text.utf8)).text, text)
  }

  /// Large objects take another way than small ones; both find the name wherever it is.
  @Test(arguments: [2, 23, 24, 25, 26, 1_000])
  func rejectsANameTwiceInObjectsOfAnySize(_ count: Int) throws {
    let members = (0..<count).map { "\"n\($0)\":0" }
    let valid = members.joined(separator: ",")
    expectEqual(try JSONParser.parse(Array("{\(valid)}".utf8)).object?.members.count, count)
    for again in [0, count / 2, count - 1] {
      let text = "{\(valid),\(members[again])}"
      #expect(throws: JSONParser.Problem.self) { try JSONParser.parse(Array(text.utf8)) }
    }
  }

  /// A quadratic search would take minutes.
  @Test(.timeLimit(.minutes(1))) func findsNamesInLinearTime() throws {
    let members = (0..<100_000).map { "\"name of a member \($0)\":0" }
    let text = "{" + members.joined(separator: ",") + "}"
    expectEqual(try JSONParser.parse(Array(text.utf8)).object?.members.count, members.count)
  }

  @Test func messageOmitsALongName() {
    let name = String(repeating: "x", count: 65)
    let problem = #expect(throws: JSONParser.Problem.self) {
      try JSONParser.parse(Array(#"{"\#(name)":1,"\#(name)":2}"#.utf8))
    }
    #expect(problem?.message == "a name appears twice in an object")
  }
}
