import Foundation
import TestSupport
import Testing

/// Links of the documents, and what the documents for developers name.
@Suite struct PageLinkTests {
  @Test(arguments: Pages.markdown)
  func everyLinkLeadsToAFileAndAHeading(_ url: URL) throws {
    #expect(try MarkdownPage(url).problems == [])
  }

  @Test func everyDocumentIsChecked() {
    let paths = Pages.markdown.map { $0.path.dropFirst(Golden.root.path.count + 1) }
    #expect(Set(paths).isSuperset(of: ["README.md", "SECURITY.md", "grammar/reference.md"]))
    #expect(paths.contains(".github/pull_request_template.md"))
    #expect(!paths.contains { $0.hasPrefix(".build/") })
  }

  @Test(arguments: [
    ("[a](absent.md)", "absent.md: no such file"), ("[a](#absent)", "#absent: no such heading"),
    ("[a](SECURITY.md#absent)", "SECURITY.md#absent: no such heading"),
    ("![a](docs/absent.svg)", "docs/absent.svg: no such file"), ("[a]()", ": no such file"),
    ("[a](absent.md \"title\")", "absent.md: no such file"),
    ("[a]: absent.md", "absent.md: no such file"),
    ("<img src=\"absent.svg\">", "absent.svg: no such file"),
    ("[a](readme.md)", "readme.md: no such file"),
    ("[a](../README.md)", "../README.md: outside of the repository"),
    ("[a](http://www.swift.org)", "http://www.swift.org: not https"),
    ("<http://www.swift.org>", "http://www.swift.org: not https"),
    ("[a](https://swift)", "https://swift: no host"),
    ("# A\n```\n# B\n```\n[a](#b)", "#b: no such heading"),
  ])
  func findsABrokenLink(_ text: String, _ problem: String) {
    #expect(MarkdownPage(text, at: Pages.page("README.md")).problems == [problem])
  }

  @Test(arguments: [
    "[a](SECURITY.md#promises)", "[a](docs)", "[a](https://www.swift.org/install)", "`[a](absent)`",
    "```\n[a](absent)\n```", "    [a](absent)", "# The `conn` word\n[a](#the-conn-word)",
    "# It's 1.0, isn't it?\n[a](#its-10-isnt-it)", "# a_b – c\n[a](#a_b--c)",
    "# Zürich\n[a](#zürich)", "# A\n## A\n[a](#a-1)", "# [A](docs) b\n[a](#a-b)",
  ])
  func acceptsALinkThatWorks(_ text: String) {
    #expect(MarkdownPage(text, at: Pages.page("README.md")).problems == [])
  }

  @Test(arguments: Pages.forDevelopers)
  func everyPathExists(_ url: URL) throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    for path in text.matches(of: /`((?:Sources|Tests|scripts|grammar|docs)\/[^`\s]+)`/) {
      let file = Pages.page(String(path.1))
      #expect(FileManager.default.fileExists(atPath: file.path), "\(path.1)")
    }
    let files = Set(Golden.files(in: "Sources", ending: ".swift").map(\.lastPathComponent))
    for name in text.matches(of: /`([A-Za-z+]+\.swift)`/) where name.1 != "Package.swift" {
      #expect(files.contains(String(name.1)), "\(name.1)")
    }
  }

  /// Types are renamed; the page is to follow.
  @Test func everyTypeOfTheArchitectureExists() throws {
    let page = try String(contentsOf: Pages.page("ARCHITECTURE.md"), encoding: .utf8)
    let sources = Golden.files(in: "Sources", ending: ".swift") + [Pages.page("Package.swift")]
    let text = try sources.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    let names = Set(page.matches(of: /\b[A-Z][a-z]+(?:[A-Z][A-Za-z]*)+\b/).map { String($0.0) })
    #expect(names.count > 20)
    #expect(names.filter { text.range(of: $0) == nil } == [])
  }
}
