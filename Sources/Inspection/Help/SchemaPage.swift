import Language
import Planning
import Text

/// A page about the columns of rows: name and type and, for a field, its meaning, the filters that
/// the server can evaluate, and the actions that set it.
package struct SchemaPage: Sendable {
  private let schema: Schema

  package init(_ schema: Schema) { self.schema = schema }

  /// Returns the page, ending with a newline. A `width` of `nil` means no limit.
  package func text(style: TextStyle = .plain, width: Int? = nil) -> String {
    let kind = schema.areConnections ? "connections" : "not connections"
    let head = "\(schema.columns.count.counted("column")); the rows are \(kind); ? may be null"
    let rows = schema.columns.map { column in
      [
        column.name.escapingHiddenCharacters(),
        "\(column.type)\(column.isNullable ? "?" : "")", explanation(column.name),
      ]
    }
    let lines =
      head.wrapped(to: width).map { style.paint($0, .dim) }
      + Glossary(rows, style: style, width: width, indent: 0).lines
    return lines.map { $0 + "\n" }.joined()
  }

  /// Returns the explanation of a column that is a field of connections; empty for any other
  /// column.
  private func explanation(_ name: String) -> String {
    guard schema.areConnections, let field = Field.named(name), field.name == name else {
      return ""
    }
    let asked = field.pushdownWords.replacing("`", with: "")
    let written = field.writtenBy.map(\.rawValue).sorted().joined(separator: ", ")
    return [
      field.help, asked.isEmpty ? "" : "server filter: \(asked)",
      written.isEmpty ? "" : "set by \(written)",
    ].filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
