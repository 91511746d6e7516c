import Foundation
import TestSupport

/// A picture of a terminal as one SVG file: its text stays text, and follows the light or dark
/// setting of the reader.
///
/// Source: W3C, SVG 2 and Core Accessibility API Mappings; ECMA-48 for the parameters of SGR.
struct ScreenImage {
  /// The name for screen readers, which also get the text of the screen.
  let title: String
  let rows: [[Screen.Cell]]

  /// A colour on a light and on a dark background.
  struct Shade: Equatable {
    let light: String
    let dark: String
  }

  static let background = Shade(light: "#ffffff", dark: "#0d1117")
  static let foreground = Shade(light: "#1f2328", dark: "#e6edf3")

  /// The colours of text by their parameters of SGR.
  static let colors: [String: Shade] = [
    "2": Shade(light: "#59636e", dark: "#9198a1"), "31": Shade(light: "#cf222e", dark: "#ff7b72"),
    "32": Shade(light: "#116329", dark: "#7ee787"), "33": Shade(light: "#7d4e00", dark: "#e3b341"),
    "35": Shade(light: "#8250df", dark: "#d2a8ff"), "36": Shade(light: "#1b5e66", dark: "#76e3ea"),
    "90": Shade(light: "#59636e", dark: "#9198a1"),
  ]

  /// The other parameters of SGR.
  static let faces = ["1": "font-weight: bold", "4": "text-decoration: underline"]

  /// The parameters of SGR on the screen that the picture can't show.
  var unknownParameters: Set<String> {
    let used = rows.joined().flatMap { Self.parameters($0.style) }
    return Set(used).subtracting(Self.colors.keys).subtracting(Self.faces.keys)
  }

  private static func parameters(_ style: String) -> [String] {
    style.split(separator: ";").map(String.init)
  }

  // MARK: The file

  private static let cell = (width: 8.4, height: 19.0)
  private static let margin = 14.0

  var svg: String {
    let columns = rows.map { Self.runs($0).map { $0.column + $0.width }.max() ?? 0 }.max() ?? 0
    let width = Self.number(Double(columns) * Self.cell.width + 2 * Self.margin)
    let height = Self.number(Double(rows.count) * Self.cell.height + 2 * Self.margin)
    let text = rows.map { $0.map(\.text).joined().trimmingSuffix }.joined(separator: "\n")
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" \
      width="\(width)" height="\(height)" role="img" aria-labelledby="title" aria-describedby="text">
      <!-- Recorded from the program by SessionImageTests. -->
      <title id="title">\(Self.escaped(title))</title>
      <desc id="text">\(Self.escaped(text))</desc>
      <style>
      \(Self.style)
      </style>
      <rect x="0.5" y="0.5" width="\(width - 1)" height="\(height - 1)" rx="6"/>
      \(rows.enumerated().map(Self.line).joined())</svg>

      """
  }

  private static var style: String {
    ([
      "text { font: 14px ui-monospace, SFMono-Regular, Menlo, \"DejaVu Sans Mono\", monospace; "
        + "white-space: pre }"
    ] + faces.sorted { $0.key < $1.key }.map { ".s\($0.key) { \($0.value) }" } + fills(\.light)
      + ["@media (prefers-color-scheme: dark) {"] + fills(\.dark).map { "  " + $0 } + ["}"])
      .joined(separator: "\n")
  }

  private static func fills(_ part: KeyPath<Shade, String>) -> [String] {
    ["rect { fill: \(background[keyPath: part]); stroke: \(colors["90"]?[keyPath: part] ?? "") }"]
      + ["text { fill: \(foreground[keyPath: part]) }"]
      + colors.sorted { $0.key < $1.key }.map { ".s\($0.key) { fill: \($0.value[keyPath: part]) }" }
  }

  private static func line(_ index: Int, _ row: [Screen.Cell]) -> String {
    let runs = runs(row)
    guard !runs.isEmpty else { return "" }
    let y = number(margin + Double(index) * cell.height + 14)
    return "<text y=\"\(y)\">" + runs.map(span).joined() + "</text>\n"
  }

  private static func span(_ run: Run) -> String {
    let classes = parameters(run.style).map { "s\($0)" }.joined(separator: " ")
    let attribute = classes.isEmpty ? "" : " class=\"\(classes)\""
    let x = number(margin + Double(run.column) * cell.width)
    return "<tspan x=\"\(x)\"\(attribute)>\(escaped(run.text))</tspan>"
  }

  /// A number with at most one digit after the point.
  private static func number(_ value: Double) -> Double { (value * 10).rounded() / 10 }

  // MARK: Runs

  /// Text in one style. It starts at its own column, so that columns stay aligned in every font.
  private struct Run {
    let column: Int
    let style: String
    var text: String
    var width: Int
  }

  /// The runs of a row. Two blanks, a change of style and a wide character end a run.
  private static func runs(_ row: [Screen.Cell]) -> [Run] {
    var runs: [Run] = []
    var isOpen = false
    for (column, cell) in row.enumerated() {
      isOpen = isOpen && !cell.text.isEmpty && runs.last?.style == cell.style
      if cell.isBlank, isOpen { isOpen = !isFollowedByBlank(column, row) }
      if isOpen {
        runs[runs.count - 1].text += cell.text
        runs[runs.count - 1].width += 1
      } else if !cell.isBlank, !cell.text.isEmpty {
        runs.append(Run(column: column, style: cell.style, text: cell.text, width: 1))
        isOpen = true
      }
    }
    return runs
  }

  private static func isFollowedByBlank(_ column: Int, _ row: [Screen.Cell]) -> Bool {
    !row.indices.contains(column + 1) || row[column + 1].isBlank
  }

  /// Returns text for an element or an attribute. What XML can't hold is replaced.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\n": "\n"
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      default: String(scalar)
      }
    }.joined()
  }
}

extension Screen.Cell {
  fileprivate var isBlank: Bool { text == " " }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmingSuffix: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
