import Language
import Planning
import Text

/// The columns that rows have at a place, for a person: name, type, and of a field what it means, how
/// it is asked of the server and what writes it.
package struct SchemaPage: Sendable {
  private let schema: Schema

  package init(_ schema: Schema) { self.schema = schema }

  /// The page; it ends with a newline. A `width` of `nil` is no limit.
  package func text(style: TextStyle = .plain, width: Int? = nil) -> String {
    let count = schema.columns.count
    let kind = schema.areConnections ? "connections" : "no connections"
    let head = "\(count) \(count == 1 ? "column" : "columns"); the rows are \(kind); ? may be null"
    let rows = schema.columns.map { column in
      [
        column.name.escapingHiddenCharacters(),
        "\(column.type)\(column.isNullable ? "?" : "")", words(column.name),
      ]
    }
    let lines =
      head.wrapped(to: width).map { style.paint($0, .dim) }
      + Glossary(rows, style: style, width: width, indent: 0).lines
    return lines.map { $0 + "\n" }.joined()
  }

  /// A column that is a field of connections means what the field means.
  private func words(_ name: String) -> String {
    guard schema.areConnections, let field = Field.named(name), field.name == name else {
      return ""
    }
    let asked = field.pushdownWords.replacing("`", with: "")
    let written = field.writtenBy.map(\.rawValue).sorted().joined(separator: ", ")
    return [
      field.help, asked.isEmpty ? "" : "asked of the server: \(asked)",
      written.isEmpty ? "" : "written by \(written)",
    ].filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
