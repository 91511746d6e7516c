import Language
import Planning
import Text

/// The pages of `help`: an index, a table, an entry of a table, or the long form of a diagnostic.
package struct HelpPage: Sendable {
  private let tables: [HelpTable]
  /// What a person types before a topic.
  private let command: String

  /// `more` adds tables that only the caller knows, such as the keys and commands of the prompt.
  package init(more: [HelpTable] = [], command: String = ":help") {
    tables = HelpTable.all + more
    self.command = command
  }

  /// Returns the page of a topic, ending with a newline. Without a topic it is the index; for an
  /// unknown one it suggests the nearest topic. A `width` of `nil` means no limit.
  package func text(_ topic: String? = nil, style: TextStyle = .plain, width: Int? = nil) -> String
  {
    let query = Self.query(topic ?? "")
    let page = HelpLayout(style: style, width: width, command: command)
    let lines: [String]
    if query.isEmpty {
      lines = page.index(tables)
    } else if query == Self.language {
      lines = LanguagePage.lines(command: command, width: width)
    } else if let article = DiagnosticArticle.named(query) {
      return article.text
    } else if let table = tables.first(where: { $0.topic == query }) {
      lines = page.table(table)
    } else {
      let found = entries(query)
      lines = found.isEmpty ? page.unknown(query, near: topics) : page.entries(found)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// `true` iff there is a page with this topic.
  package func holds(_ topic: String) -> Bool {
    let query = Self.query(topic)
    return DiagnosticArticle.named(query) != nil || query == Self.language
      || tables.contains { $0.topic == query }
      || !entries(query).isEmpty
  }

  /// The topic of the page about the whole language.
  private static let language = "language"

  private static func query(_ topic: String) -> String {
    topic.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }

  /// Every word that has a page, in the order of the tables; completion offers these.
  package var topics: [String] {
    var seen: Set<String> = []
    return ([Self.language] + tables.map(\.topic) + tables.flatMap(\.entries).flatMap(\.names))
      .filter { seen.insert($0).inserted }
  }

  /// Returns the entries with this name; several tables may have one.
  private func entries(_ name: String) -> [HelpLayout.Titled] {
    tables.flatMap { table in
      table.entries.filter { entry in entry.names.contains { $0.lowercased() == name } }
        .map { HelpLayout.Titled(table: table, entry: $0) }
    }
  }
}

/// Lays out help pages.
private struct HelpLayout {
  let style: TextStyle
  let width: Int?
  let command: String

  struct Titled {
    let table: HelpTable
    let entry: HelpEntry
  }

  func index(_ tables: [HelpTable]) -> [String] {
    title("Topics")
      + glossary(
        [["language", "the language on two screens"]]
          + tables.map { table in
            let names = table.entries.prefix(Self.maxNames).map { $0.names.first ?? $0.signature }
            let rest = table.entries.count > names.count ? ", …" : ""
            return [table.topic, names.joined(separator: ", ") + rest]
          })
      + [""]
      + prose(
        "`\(command) TOPIC` shows a topic, `\(command) NAME` an entry, such as `\(command) group by`."
      )
  }

  private static let maxNames = 12

  func table(_ table: HelpTable) -> [String] {
    title(table.title) + (table.introduction.isEmpty ? [] : prose(table.introduction) + [""])
      + glossary(table.entries.map { [$0.signature, $0.summary] })
  }

  func entries(_ found: [Titled]) -> [String] {
    Array(found.map(entry).joined(separator: [""]))
  }

  private func entry(_ found: Titled) -> [String] {
    let facts = found.entry.facts.filter { !$0.text.isEmpty }
      .map { [$0.label, $0.text.replacing("`", with: "")] }
    let examples = found.entry.examples.flatMap { example in
      ["", Self.indent + example.text.replacing("\n", with: "\n" + Self.indent)]
        + (example.value.map { [Self.indent + "  is " + $0] } ?? [])
    }
    return title(found.entry.signature) + prose(found.entry.summary)
      + glossary([["in", "\(command) \(found.table.topic)"]] + facts + conditions(found.entry))
      + examples
  }

  /// A stage with a condition leads to the operators.
  private func conditions(_ entry: HelpEntry) -> [[String]] {
    entry.signature.contains("predicate") ? [["see", "\(command) operators"]] : []
  }

  func unknown(_ topic: String, near topics: [String]) -> [String] {
    let shown = topic.escapingHiddenCharacters().truncated(to: 60)
    let nearest = Diagnostic.nearest(topic, among: topics).map { "; did you mean `\($0)`?" } ?? ""
    return prose("no help on `\(shown)`\(nearest)", indent: "")
      + prose("`\(command)` lists the topics", indent: "")
  }

  // MARK: Parts

  private static let indent = "  "

  private func title(_ text: String) -> [String] {
    text.wrapped(to: width.map { max(10, $0) }).map { style.paint($0, .bold) }
  }

  private func prose(_ text: String, indent: String = HelpLayout.indent) -> [String] {
    text.wrapped(to: width.map { max(10, $0 - indent.utf8.count) }).map { indent + $0 }
  }

  private func glossary(_ rows: [[String]]) -> [String] {
    Glossary(rows, style: style, width: width).lines
  }
}
