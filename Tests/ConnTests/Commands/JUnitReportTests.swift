import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `conn test --junit`.
@Suite struct JUnitReportTests {
  /// What a reader of XML finds in a report.
  private final class Reader: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]
    var names: [String] = []
    var attributes: [String: String] = [:]
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      counts[name, default: 0] += 1
      if name == "testcase" { names.append(attributes["name"] ?? "") }
      if name == "testsuites" { self.attributes = attributes }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { self.text += text }
  }

  @Test func junitReportsAreValidWhateverTheNames() async throws {
    let hostile = #"<b a="1">&amp;]]>\u{1}\u{1B}[31m\u{202E}\u{FFFE}\u{FFFF}'"#
    let tests = """
      test "\(hostile.replacing("\"", with: "\\\""))" {
        given = [{ id: 1, name: "<![CDATA[\\u{7}\\u{FFFF}", tags: ["x"] }]
        parameters = { tag: "x" }
        selection = []
        error = "</failure>"
      }
      test "passes" { given = []; parameters = { tag: "x" }; selection = [] }
      """
    let result = try await ScriptTestFixture.run(
      ["a.conn": ScriptTestFixture.script, "a_test.conn": tests],
      "cp a_test.conn z_test.conn; conn test --junit r.xml > shown; conn test --junit r.xml; cat r.xml"
    )
    let xml = try #require(result.output.firstRange(of: "<?xml"))
    let reader = Reader()
    let parser = XMLParser(data: Data(result.output[xml.lowerBound...].utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(
      reader.counts == ["testsuites": 1, "testsuite": 2, "testcase": 3, "failure": 1, "error": 1])
    #expect(
      reader.names == [
        #"<b a="1">&amp;]]>\u{1}\u{1B}[31m\u{202E}\u{FFFE}\u{FFFF}'"#, "passes", "z_test.conn",
      ])
    for (name, value) in ["tests": "3", "failures": "1", "errors": "1"] {
      #expect(reader.attributes[name] == value)
    }
    #expect(reader.text.contains(#"+ 1  <![CDATA[\u{7}\u{FFFF}"#))
    #expect(reader.text.contains("there is no script `z.conn`"))
  }
}
