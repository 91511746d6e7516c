import API
import Inspection

/// A manual page in the macros of man(7).
///
/// Source: man-pages(7) for the order of sections, groff_char(7) for special characters.
struct ManualPage {
  private(set) var text: String

  /// The day of the last change to the pages.
  private static let date = "2026-11-30"

  /// Starts a page with its name and what it describes.
  init(_ name: String, section: Int, _ summary: String) {
    text = """
      .\\" Generated from the tables of the program; CONN_RECORD=1 scripts/test --filter Manual
      .TH \(name.uppercased()) \(section) \(Self.date) "conn \(Version.number)" "Manual of conn"
      .SH NAME
      \(name) \\- \(Self.escaped(summary))

      """
  }

  mutating func section(_ title: String) { text += ".SH \(Self.escaped(title.uppercased()))\n" }

  mutating func subsection(_ title: String) { text += ".SS \(Self.escaped(title))\n" }

  mutating func paragraph(_ prose: String) {
    startParagraph()
    text += Self.filled(prose)
  }

  /// A section begins with a paragraph of its own.
  private mutating func startParagraph() {
    let last = text.split(separator: "\n").last ?? ""
    if !last.hasPrefix(".SH"), !last.hasPrefix(".SS") { text += ".P\n" }
  }

  /// Adds lines that stay as they are.
  mutating func display(_ lines: [String]) {
    startParagraph()
    text += ".RS 4\n.EX\n" + lines.map { Self.line($0) }.joined() + ".EE\n.RE\n"
  }

  /// Adds a term in bold type with its explanation.
  mutating func term(_ term: String, _ prose: String) {
    text += ".TP\n.B " + Self.escaped(term) + "\n" + Self.filled(prose)
  }

  /// Adds a line of the term's explanation.
  mutating func detail(_ prose: String) { text += ".br\n" + Self.filled(prose) }

  /// Adds paragraphs of the help of a command. Indented lines stay as they are.
  mutating func help(_ text: String) {
    for part in text.split(separator: "\n\n") {
      var rest = part.split(separator: "\n")[...]
      while let first = rest.first {
        let isDisplay = first.hasPrefix("  ")
        let lines = rest.prefix { $0.hasPrefix("  ") == isDisplay }
        rest = rest.dropFirst(lines.count)
        if isDisplay {
          display(lines.map { String($0.dropFirst(2)) })
        } else {
          paragraph(lines.joined(separator: " ").markingExample)
        }
      }
    }
  }

  /// Adds a section with the entries of a table of help.
  mutating func table(_ table: HelpTable, title: String? = nil) {
    section(title ?? table.title)
    if !table.introduction.isEmpty { paragraph(table.introduction) }
    for entry in table.entries {
      term(entry.signature, entry.summary)
      for fact in entry.facts where !fact.text.isEmpty { detail("\(fact.label): \(fact.text)") }
      for example in entry.examples {
        add(example)
      }
    }
  }

  /// Adds an example to the explanation of a term.
  private mutating func add(_ example: HelpEntry.Example) {
    let lines = example.text.split(separator: "\n").map(String.init)
    let value = example.value.map { ["  is " + $0] } ?? []
    text += ".sp\n.EX\n" + (lines + value).map { Self.line($0) }.joined() + ".EE\n"
  }

  // MARK: Text

  /// Returns prose in lines of at most 78 columns. Code in backticks becomes bold.
  private static func filled(_ prose: String) -> String {
    var lines = [""]
    for word in words(of: prose) {
      let line = lines[lines.count - 1]
      if !line.isEmpty, line.utf8.count + word.utf8.count + 1 > 78 {
        lines.append(word)
      } else {
        lines[lines.count - 1] = line.isEmpty ? word : line + " " + word
      }
    }
    return lines.map(line(ofEscaped:)).joined()
  }

  /// Returns the words of prose, escaped; each word of code is bold on its own.
  private static func words(of prose: String) -> [String] {
    let parts = prose.split(separator: "`", omittingEmptySubsequences: false)
    var text = ""
    for (index, part) in parts.enumerated() {
      guard index % 2 == 1 else {
        text += escaped(String(part))
        continue
      }
      text += part.split(separator: " ").map { "\\fB\(escaped(String($0)))\\fP" }
        .joined(separator: " ")
    }
    return text.split(separator: " ").map(String.init)
  }

  private static func line(_ text: String) -> String { line(ofEscaped: escaped(text)) }

  /// Returns a line that isn't taken for a request.
  private static func line(ofEscaped text: String) -> String {
    (text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" : "") + text + "\n"
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      special[scalar]
        ?? (scalar.isASCII ? String(scalar) : "\\[u" + hexadecimal(scalar.value) + "]")
    }.joined()
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16).uppercased()
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Characters that would have a meaning, or that typesetting would replace.
  private static let special: [Unicode.Scalar: String] = [
    "\\": "\\e", "-": "\\-", "'": "\\(aq", "\"": "\\(dq", "^": "\\(ha", "~": "\\(ti", "`": "\\(ga",
  ]
}

extension String {
  /// The line `Example: …` of a command's help with the command as code.
  fileprivate var markingExample: String {
    let start = "Example: "
    return hasPrefix(start) ? start + "`\(dropFirst(start.count))`" : self
  }
}
