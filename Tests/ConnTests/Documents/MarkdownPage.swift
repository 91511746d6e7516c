import Foundation
import TestSupport

/// A document in Markdown: where its links lead, and under which names its headings can be linked.
struct MarkdownPage {
  private let url: URL
  private let lines: [Substring]

  init(_ url: URL) throws { self.init(try String(contentsOf: url, encoding: .utf8), at: url) }

  /// Blocks of code have neither headings nor links.
  init(_ text: String, at url: URL) {
    self.url = url
    var isCode = false
    lines = text.split(separator: "\n").filter { line in
      let isFence = line.drop { $0 == " " }.hasPrefix("```")
      if isFence { isCode.toggle() }
      return !isFence && !isCode && !line.hasPrefix("    ")
    }
  }

  /// The targets of links and images, in any of the spellings that GitHub knows.
  var links: [String] {
    let text = lines.joined(separator: "\n").replacing(/`[^`]*`/, with: "")
    let inline = text.matches(of: /\]\(<?([^()\s>]*(?:\([^()\s]*\)[^()\s]*)?)>?(?:\s+"[^"]*")?\)/)
    let defined = text.matches(of: /(?m)^\[[^\]]+\]:\s*(\S+)/)
    let automatic = text.matches(of: /<([a-z]+:\/\/[^>\s]+)>/)
    let attributes = text.matches(of: /(?:href|src|srcset)="([^"]*)"/)
    return (inline.map(\.1) + defined.map(\.1) + automatic.map(\.1) + attributes.map(\.1))
      .map(String.init)
  }

  /// The names of the headings. A name that is taken gets a number.
  ///
  /// Source: GitHub's html-pipeline, `TableOfContentsFilter`.
  var anchors: Set<String> {
    var counts: [String: Int] = [:]
    let headings = lines.compactMap { $0.firstMatch(of: /^ {0,3}#{1,6}\s+(.+?)(?:\s+#+)?$/)?.1 }
    return Set(
      headings.map { heading in
        let name = Self.name(of: heading)
        defer { counts[name, default: 0] += 1 }
        return counts[name].map { "\(name)-\($0)" } ?? name
      })
  }

  private static func name(of heading: Substring) -> String {
    String(
      heading.replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.1 }.lowercased().unicodeScalars
        .filter {
          $0 == " " || $0 == "-" || $0 == "_" || $0.properties.isAlphabetic
            || $0.properties.numericType != nil || CharacterSet.nonBaseCharacters.contains($0)
        }
        .map { $0 == " " ? "-" : Character($0) })
  }

  // MARK: Checks

  /// The links that lead nowhere, each with the reason.
  var problems: [String] { links.compactMap { link in problem(of: link).map { "\(link): \($0)" } } }

  private func problem(of link: String) -> String? {
    if link.contains("://") || link.hasPrefix("mailto:") { return Self.problem(ofExternal: link) }
    let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = String(parts.first ?? "")
    let target =
      path.isEmpty ? url : url.deletingLastPathComponent().appending(path: path).standardized
    if !target.path.hasPrefix(Golden.root.path + "/") { return "outside of the repository" }
    if path.isEmpty ? parts.count < 2 : !FileManager.default.fileExists(atPath: target.path) {
      return "no such file"
    }
    guard parts.count == 2 else { return nil }
    let page = path.isEmpty ? self : try? MarkdownPage(target)
    return page?.anchors.contains(String(parts[1])) == true ? nil : "no such heading"
  }

  /// Other sites aren't asked; only the spelling of the address is checked.
  private static func problem(ofExternal link: String) -> String? {
    guard let address = URL(string: link), address.scheme == "https" else { return "not https" }
    return address.host?.contains(".") == true ? nil : "no host"
  }
}
