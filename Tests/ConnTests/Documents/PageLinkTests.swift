import Foundation
import TestSupport
import Testing

/// Links between the documents, and what the documents for developers name.
@Suite struct PageLinkTests {
  @Test(arguments: Pages.all + Pages.forDevelopers)
  func everyLinkLeadsToAFileAndAHeading(_ url: URL) throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    for link in text.matches(of: /\]\(([^()\s]+)\)/) where !link.1.contains("://") {
      let parts = link.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let file =
        parts[0].isEmpty
        ? url : url.deletingLastPathComponent().appending(path: String(parts[0])).standardized
      #expect(FileManager.default.fileExists(atPath: file.path), "\(link.1)")
      guard parts.count == 2 else { continue }
      let page = try String(contentsOf: file, encoding: .utf8)
      #expect(Self.anchors(of: page).contains(String(parts[1])), "\(link.1)")
    }
  }

  /// The names under which the headings of a page can be linked.
  private static func anchors(of page: String) -> Set<String> {
    let headings = page.split(separator: "\n").filter { $0.hasPrefix("#") }
    return Set(
      headings.map { heading in
        heading.drop { $0 == "#" || $0 == " " }.lowercased()
          .filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
          .replacing(" ", with: "-")
      })
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
