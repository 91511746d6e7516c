import FoundationEssentials
import Text

/// A self-contained HTML page without scripts.
///
/// Every text is a ``Node/text(_:)``, which is escaped when the page is rendered; tags come from a
/// fixed list. So no text, however hostile, can become markup.
package struct HTMLPage: Sendable {
  package let title: String
  package let content: [Node]

  package init(title: String, _ content: [Node]) {
    self.title = title
    self.content = content
  }

  package indirect enum Node: Sendable {
    case text(String)
    case element(Tag, [Node])
    /// A cell of a table. On a narrow screen, where the header row is hidden, its label is shown.
    case cell(label: String, [Node])
  }

  /// The elements that a page may have, each with its fixed attributes.
  package enum Tag: String, Sendable, CaseIterable {
    case title, main, section, h1, h2, h3, p, ul, li, dl, dt, dd, code
    case table = #"table role="table""#
    case caption
    case head = #"thead role="rowgroup""#
    case body = #"tbody role="rowgroup""#
    case row = #"tr role="row""#
    case columnHeader = #"th scope="col" role="columnheader""#
    case rowHeader = #"th scope="row" role="rowheader""#

    fileprivate var name: Substring { rawValue.prefix { $0 != " " } }
  }

  /// Returns the page. `masking` removes secrets from each text before it is escaped, since escaping
  /// would hide them from a later search.
  package func text(masking: (String) -> String = { $0 }) -> String {
    let title = Node.element(.title, [.text(title)]).html(masking)
    let main = Node.element(.main, content).html(masking)
    return Self.opening + """
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '\(Self.styleHash)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      \(title)<style>\(Self.style)</style>
      </head>
      <body>
      \(main)</body>
      </html>

      """
  }

  /// The first lines of every page, by which a file is recognised as a report.
  private static let opening = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta name="generator" content="conn">

    """

  /// Returns `true` iff the bytes begin as a report does.
  package static func isMeant(by bytes: [UInt8]) -> Bool { bytes.starts(with: opening.utf8) }

  /// The hash by which the policy of the page allows its style sheet, and no other.
  private static let styleHash =
    "sha256-" + Data(Digest.sha256Bytes(style.utf8)).base64EncodedString()
}

extension HTMLPage.Node {
  fileprivate func html(_ masking: (String) -> String) -> String {
    switch self {
    case .text(let text): masking(text).escapingHiddenCharacters().escapingMarkup
    case .element(let tag, let nodes):
      "<\(tag.rawValue)>\(nodes.map { $0.html(masking) }.joined())</\(tag.name)>\n"
    case .cell(let label, let nodes):
      "<td role=\"cell\" data-label=\"\(label.escapingHiddenCharacters().escapingMarkup)\">"
        + "\(nodes.map { $0.html(masking) }.joined())</td>\n"
    }
  }
}

extension String {
  /// The text with the characters that mean something in HTML written as references.
  fileprivate var escapingMarkup: String {
    unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}

// MARK: Common parts

extension HTMLPage.Node {
  package static func heading(_ text: String) -> Self { .element(.h2, [.text(text)]) }

  package static func paragraph(_ text: String) -> Self { .element(.p, [.text(text)]) }

  /// A list of texts; nothing if there are none.
  package static func list(_ items: [String]) -> [Self] {
    items.isEmpty ? [] : [.element(.ul, items.map { .element(.li, [.text($0)]) })]
  }

  /// Names with their values; those without a value are left out.
  package static func facts(_ facts: [(String, String)]) -> Self {
    .element(
      .dl,
      facts.filter { !$0.1.isEmpty }.flatMap { name, value in
        [.element(.dt, [.text(name)]), .element(.dd, [.text(value)])]
      })
  }

  /// A table whose first column names the row. Each cell is a list of paragraphs.
  package static func table(_ caption: String, _ columns: [String], _ rows: [[[String]]]) -> Self {
    let header = columns.map { Self.element(.columnHeader, [.text($0)]) }
    let body = rows.map { cells in
      Self.element(
        .row, zip(columns, cells).enumerated().map { cell(isHeader: $0 == 0, $1.0, $1.1) })
    }
    return .element(
      .table,
      [
        .element(.caption, [.text(caption)]), .element(.head, [.element(.row, header)]),
        .element(.body, body),
      ])
  }

  private static func cell(isHeader: Bool, _ label: String, _ lines: [String]) -> Self {
    let lines = lines.filter { !$0.isEmpty }.map(paragraph)
    return isHeader ? .element(.rowHeader, lines) : .cell(label: label, lines)
  }
}
