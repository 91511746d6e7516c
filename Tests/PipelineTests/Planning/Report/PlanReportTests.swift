import Foundation
import Planning
import Testing
import Text

@Suite struct PlanReportTests {
  private func page(_ script: String) async throws -> String {
    PlanReport(try await PipelineFixture().plan(script), seconds: 130).page.text()
  }

  @Test func saysWhatChangesWhyAndForHowLong() async throws {
    let page = try await page(#"list where tags has "y" | update folder_id = 7"#)
    #expect(
      page.contains(
        "Update `folder_id` of the 2 connections (of 6) that have the tag &quot;y&quot;."))
    #expect(page.contains(#"data-label="Before"><p>folder_id: 28940</p>"#))
    #expect(page.contains(#"data-label="After"><p>folder_id: 7</p>"#))
    #expect(page.contains(#"data-label="Why it matched"><p>tags is [&quot;y&quot;]</p>"#))
    #expect(page.contains("<dt>Duration</dt>\n<dd>about 2 min</dd>"))
    #expect(page.contains("can be undone: the previous values are known"))
    for dimension in ["application", "folder", "effect"] {
      #expect(page.contains("<caption>Writes by \(dimension)</caption>"))
    }
  }

  @Test func saysWhatCannotBeUndone() async throws {
    #expect(
      try await page("get 40 | delete").contains(
        "`delete` of 1 connection cannot be undone: the credentials are gone"))
  }

  @Test func saysThatNothingChanges() async throws {
    let page = try await page(#"list where name == "absent" | delete"#)
    #expect(page.contains("Nothing changes: the plan has no writes."))
    #expect(!page.contains("<table"))
  }

  @Test func showsLongNewValuesCompletely() async throws {
    let name = String(repeating: "n", count: 255)
    #expect(try await page("get 40 | update name = \"\(name)\"").contains(name))
  }
}

@Suite struct HTMLPageTests {
  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</style><b>", "<!--", "]]>",
    "&lt;b&gt;", "'`=\u{202E}\u{0}\u{7}",
  ]

  private func text(_ text: String) -> String {
    HTMLPage(
      title: text,
      [.paragraph(text), .facts([(text, text)]), .table(text, [text, text], [[[text], [text]]])]
        + HTMLPage.Node.list([text])
    ).text()
  }

  /// The tags of a page, in order, without the value of a label.
  private func tags(_ page: String) -> [String] {
    page.matches(of: #/<[^>]*>/#).map {
      String($0.output).replacing(#/data-label="[^"]*"/#, with: "")
    }
  }

  @Test(arguments: hostile) func hostileTextIsNoMarkup(_ hostile: String) {
    #expect(tags(text(hostile)) == tags(text("harmless")))
    #expect(!text(hostile).contains("\u{202E}"))
  }

  @Test func randomTextIsNoMarkup() {
    var random = SplitMix64(seed: 17)
    let characters = Array("<>&\"'/=!-a \u{0}\u{202E}\n")
    let expected = tags(text("harmless"))
    for _ in 0..<300 {
      let length = Int.random(in: 1...40, using: &random)
      let sample = String((0..<length).map { _ in characters.randomElement(using: &random) ?? "<" })
      #expect(tags(text(sample)) == expected, "\(sample)")
    }
  }

  @Test func policyAllowsExactlyTheStyle() throws {
    let page = text("x")
    let style = try #require(page.firstMatch(of: #/<style>([\s\S]*)<\/style>/#)?.output.1)
    let hash = Data(Digest.sha256Bytes(String(style).utf8)).base64EncodedString()
    #expect(page.contains("default-src 'none'; style-src 'sha256-\(hash)'"))
    #expect(!page.contains("<script") && !page.contains("style=") && !page.contains("http://"))
  }

  @Test func masksTextBeforeItIsEscaped() {
    let page = HTMLPage(title: "t", [.paragraph("a<b\"c")])
    #expect(page.text { $0.replacing("a<b\"c", with: "‹hidden›") }.contains("<p>‹hidden›</p>"))
  }

  @Test func cutsLongNamesWithTheirLength() {
    let cut = String(repeating: "x", count: 10_000).cutForReport
    #expect(cut == String(repeating: "x", count: 300) + "… (10000 characters)")
  }

  /// RFC 4648, section 10.
}
