import JSON
import TestSupport
import Testing
import Text

/// The scanner and a second reader accept the same texts, make the same values of them, and report the
/// same problems at the same places.
@Suite struct JSONScannerTests {
  private static let list = Array(
    #"""
    [{"id":1,"name":"a\u00e9é😀","n":-1.50e+3,"x":null,"tags":["t","\"u\\"],"raw":{"b":[{},[]]}},
     {"id":2,"name":"bb","n":12,"x":true,"tags":[],"raw":{"b":1,"c":"\ud83d\ude00"}},
     {"id":3, "name":"c","n":0,"x":false,"tags":["t"],"raw":{}},
     {"name":"d","id":9223372036854775808}]
    """#.utf8)

  /// The result of a reader: the value and its text, or the message and place of the problem.
  private enum Reading: Equatable {
    case value(JSON, String)
    case problem(String, Int)
  }

  private static func scanned(_ bytes: [UInt8]) -> Reading {
    do throws(JSONParser.Problem) {
      let value = try JSONParser.parse(bytes)
      return .value(value, value.text)
    } catch {
      return .problem(error.message, error.offset)
    }
  }

  /// The second reader says where a string that isn't UTF-8 begins, the scanner which byte is wrong.
  private static func expected(_ bytes: [UInt8], _ scanned: Reading) -> Reading {
    do throws(PlainJSONReader.Problem) {
      let value = try PlainJSONReader.parse(bytes)
      return .value(value, value.text)
    } catch {
      if case .problem(let message, let offset) = scanned, message == "not UTF-8",
        String(validating: bytes[..<offset], as: UTF8.self) != nil
      {
        return scanned
      }
      return .problem(error.message, error.offset)
    }
  }

  private static func expectSame(_ bytes: [UInt8]) {
    let scanned = scanned(bytes)
    let expected = expected(bytes, scanned)
    if scanned != expected {
      let text = String(decoding: bytes, as: UTF8.self)
      Issue.record("\(text)\nscanned: \(scanned)\nexpected: \(expected)")
    }
  }

  @Test func everyTruncation() {
    for count in 0...Self.list.count { Self.expectSame(Array(Self.list[..<count])) }
  }

  /// Bytes that matter to the grammar, those next to them, and bytes of UTF-8 at wrong places.
  private static let bytes: [UInt8] =
    Array("\"\\{}[]:,-+.0129eEtfnu/ab \t\n\r'".utf8)
    + [0x00, 0x1F, 0x7F, 0x80, 0xBF, 0xC0, 0xC3, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xF8, 0xFF]

  @Test func everyByteReplaced() {
    for offset in Self.list.indices {
      for byte in Self.bytes {
        var changed = Self.list
        changed[offset] = byte
        Self.expectSame(changed)
      }
    }
  }

  @Test func everyByteInsertedOrRemoved() {
    for offset in Self.list.indices {
      var changed = Self.list
      changed.remove(at: offset)
      Self.expectSame(changed)
      for byte in Self.bytes {
        changed = Self.list
        changed.insert(byte, at: offset)
        Self.expectSame(changed)
      }
    }
  }

  /// Lists of rows that differ a little in names, order, blanks and depth, with up to three mistakes.
  @Test func randomLists() {
    var random = SplitMix64(seed: 15)
    for _ in 0..<4_000 {
      var text = Self.randomList(&random)
      for _ in 0..<Int.random(in: 0...3, using: &random) where !text.isEmpty {
        let offset = Int.random(in: 0..<text.count, using: &random)
        text[offset] = Self.bytes.randomElement(using: &random) ?? 0
      }
      Self.expectSame(text)
    }
  }

  private static func randomList(_ random: inout SplitMix64) -> [UInt8] {
    let names = ["id", "name", "a b", #"\u0069d"#, "é", ""]
    let values = [
      "1", "-0", "1.0", "1e400", "null", "true", #""x""#, #""\n\u00e9""#, #""é""#, "[]", "{}",
      #"["a",["b"],{"c":1}]"#, #"{"d":{"d":[1 , 2]}}"#, "12345678901234567890",
    ]
    let shape = names.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random))
    let rows = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      let isOther = Int.random(in: 0..<5, using: &random) == 0
      let colon = Int.random(in: 0..<8, using: &random) == 0 ? " : " : ":"
      let members = (isOther ? shape.reversed() : Array(shape)).map {
        "\"\($0)\"\(colon)\(values.randomElement(using: &random) ?? "0")"
      }
      return "{" + members.joined(separator: isOther ? "\n, " : ",") + "}"
    }
    let list = "[" + rows.joined(separator: ",") + "]"
    return Array((Bool.random(using: &random) ? list : #"{"x":[1],"result":\#(list)}"#).utf8)
  }

  // MARK: Rows

  @Test func membersOfARowAreFoundByName() throws {
    let rows = try #require(try JSONParser.parse(Self.list).array)
    expectEqual(rows[0]["name"], .string("aéé😀"))
    expectEqual(rows[1]["tags"], .array([]))
    expectEqual(rows[3]["id"], .number("9223372036854775808"))
    #expect(rows[3]["tags"] == nil)
    let object = try #require(rows[0].object)
    expectEqual(object.members.map(\.name), ["id", "name", "n", "x", "tags", "raw"])
    #expect(object.has("raw") && !object.has("b"))
  }

  @Test func changedRowIsAnObjectOfItsOwn() throws {
    var object = try #require(try JSONParser.parse(Self.list).array?[1].object)
    let before = object
    object.set("n", .int(13))
    object.remove("raw")
    expectEqual(before["n"], .int(12))
    expectEqual(
      JSON.object(object).text, #"{"id":2,"name":"bb","n":13,"x":true,"tags":[]}"#)
  }

  /// A list answer is read as far as its elements are what they should be.
  @Test(arguments: [
    (#"[{"id":1},{"id":2}]"#, 2), (#"[{"id":1},{"x":2},{"#, 2), (#"{"result":[{"id":1},7,"#, 2),
    (#"{"a":[3],"result":[{"x":1}"#, 1), (#"[{"id":1},[]"#, 2), ("[]", 0), ("[4", 1),
  ])
  func readingEndsAtAnElementThatIsNotWanted(_ text: String, _ count: Int) throws {
    let bytes = Array(text.utf8)
    let json = try JSONParser.parse(bytes, mostValues: 100) { $0("id") != nil }
    let other = try PlainJSONReader.parse(bytes, mostValues: 100) { $0["id"] != nil }
    expectEqual(json, other)
    expectEqual((json.array ?? json["result"]?.array)?.count, count)
  }

  @Test func valuesAreCounted() throws {
    let bytes = Array(#"[{"id":1,"x":[1,2]},{"id":2,"x":[]}]"#.utf8)
    #expect(throws: Never.self) { try JSONParser.parse(bytes, mostValues: 9) { _ in true } }
    let problem = #expect(throws: JSONParser.Problem.self) {
      try JSONParser.parse(bytes, mostValues: 8) { _ in true }
    }
    expectEqual(problem?.message, "too many values")
    expectEqual(problem?.offset, bytes.count - 4)
  }
}
