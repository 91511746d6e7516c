import Foundation
import Language
import TestSupport
import Testing
import Text

/// The long forms of the diagnostics: what they say is so, and none is missing.
@Suite struct ArticleTests {
  /// The surroundings that the articles' scripts speak of.
  private static let fixture: CheckFixture = {
    var files = [
      "lib.conn": "def tagged(tag: string) = where tags has $tag",
      "circle.conn": "use \"circle.conn\"",
      "statements.conn": "def tagged(tag: string) = where tags has $tag\nlist | count",
    ]
    for number in 1...40 { files["deep\(number).conn"] = "use \"deep\(number + 1).conn\"" }
    return CheckFixture(
      files: files,
      values: [
        "application": ["jira": 3, "salesforce": 2, "google_sheets": 1],
        "tags": ["tag-ANgeffPL-3gxQwA": 2],
      ])
  }()

  private static let codes = DiagnosticArticle.table.map(\.code)

  // MARK: The scripts

  @Test(arguments: codes)
  func wrongScriptGivesTheCode(_ code: String) throws {
    let article = try #require(DiagnosticArticle.named(code))
    if article.examplesKind == .configurations {
      return #expect(ConfigurationFixture.analyze(article.wrong).diagnostics.map(\.code) == [code])
    }
    if article.examplesKind == .tests {
      return #expect(TestFileFixture.analyze(article.wrong).diagnostics.map(\.code) == [code])
    }
    let analysis = Self.fixture.analyze(article.wrong, article.arguments?.wrong ?? [])
    #expect(Set(analysis.diagnostics.map(\.code)) == [code])
  }

  @Test(arguments: codes)
  func rightScriptGivesNoDiagnostics(_ code: String) throws {
    let article = try #require(DiagnosticArticle.named(code))
    if article.examplesKind == .tests {
      #expect(TestFileFixture.rendered(article.right) == "")
      return #expect(TestFileFixture.analyze(article.right).file != nil)
    }
    if article.examplesKind == .configurations {
      #expect(ConfigurationFixture.rendered(article.right) == "")
      return #expect(ConfigurationFixture.analyze(article.right).configuration != nil)
    }
    let analysis = Self.fixture.analyze(article.right, article.arguments?.right ?? [])
    let renderer = DiagnosticRenderer(sources: analysis.sources)
    #expect(renderer.render(analysis.diagnostics) == "")
    #expect(analysis.script != nil)
  }

  @Test(arguments: codes)
  func rightScriptIsCanonical(_ code: String) throws {
    let article = try #require(DiagnosticArticle.named(code))
    #expect(FormatterTests.format(article.right) == article.right + "\n")
  }

  // MARK: The table

  @Test func everyCodeHasOneArticle() throws {
    let sources = Golden.files(in: "Sources/Language", ending: ".swift")
      .filter { !$0.lastPathComponent.hasPrefix("DiagnosticArticle") }
    let text = try sources.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    let codes = Set(text.matches(of: /"(C\d{4})"/).map { String($0.1) })
    #expect(codes.count > 70)
    #expect(Self.codes == codes.sorted())
  }

  @Test func findsArticlesByCode() {
    #expect(DiagnosticArticle.named("C0103")?.title == "unknown field")
    #expect(DiagnosticArticle.named("c0103")?.code == "C0103")
    #expect(DiagnosticArticle.named("C9999") == nil)
    #expect(DiagnosticArticle.named("") == nil)
  }

  @Test(arguments: [
    ("C0103", true), ("c9999", true), ("C103", false), ("C01033", false), ("D0103", false),
    ("C010x", false), ("", false), ("ſ0103", false), ("cleanup.conn", false),
  ])
  func recognizesCodes(_ text: String, _ expected: Bool) {
    #expect(DiagnosticArticle.isCode(text) == expected)
  }

  // MARK: The words

  @Test(arguments: codes)
  func explanationsAreSentencesOnShortLines(_ code: String) throws {
    let article = try #require(DiagnosticArticle.named(code))
    let lines = article.explanation.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 80 && !$0.isEmpty && !$0.hasSuffix(" ") })
    let sentences = article.explanation.matches(of: /[.](\s|$)/).count
    #expect((2...5).contains(sentences), "\(sentences) sentences")
    #expect(article.explanation.hasSuffix("."))
    #expect(article.explanation.count(where: { $0 == "`" }).isMultiple(of: 2))
  }

  @Test(arguments: codes)
  func titlesAreShortPhrases(_ code: String) throws {
    let article = try #require(DiagnosticArticle.named(code))
    #expect(article.title.count <= 50)
    #expect(article.title.first?.isUppercase == false)
    #expect(!article.title.hasSuffix("."))
  }

  @Test func textsShowExamplesAndHiddenCharacters() throws {
    let hidden = try #require(DiagnosticArticle.named("C0001")?.text)
    #expect(hidden.contains(#"    list where application == "jira\u{200B}""#))
    for article in DiagnosticArticle.table {
      let lines = article.text.split(separator: "\n")
      #expect(lines.allSatisfy { String($0).escapingHiddenCharacters() == $0 })
    }
    let parameter = try #require(DiagnosticArticle.named("C0404"))
    #expect(
      parameter.text == """
        C0404: parameter value of the wrong type

        \(parameter.explanation)

        For the script

            param most: int = 20
            list where not connected | expect count <= $most | delete

        instead of

            conn run script.conn most=many

        write

            conn run script.conn most=20

        """)
  }
}
