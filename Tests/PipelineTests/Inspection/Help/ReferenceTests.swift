import Execution
import Foundation
import JSON
import TestSupport
import Testing

@Suite struct ReferenceTests {
  @Test func pageIsGeneratedFromTheTables() throws {
    let url = Golden.root.appending(path: "grammar/reference.md")
    try Golden.expect(ReferencePage.text, at: url)
  }

  @Test func editorGrammarsAreGeneratedFromTheTables() throws {
    let folder = Golden.root.appending(path: "grammar")
    try Golden.expect(EditorGrammar.textMate, at: folder.appending(path: "conn.tmLanguage.json"))
    try Golden.expect(EditorGrammar.vim, at: folder.appending(path: "conn.vim"))
  }

  @Test func eventSchemaIsGeneratedFromTheTable() throws {
    let url = Golden.root.appending(path: "grammar/events.schema.json")
    try Golden.expect(EventSchema.json.indented() + "\n", at: url)
  }
}

extension JSON {
  /// One member or element per line.
  fileprivate func indented(_ margin: String = "") -> String {
    let inner = margin + "  "
    switch self {
    case .object(let object) where !object.members.isEmpty:
      let members = object.members.map {
        "\(inner)\(JSON.string($0.name).text): \($0.value.indented(inner))"
      }
      return "{\n\(members.joined(separator: ",\n"))\n\(margin)}"
    case .array(let values) where values.contains { $0.object != nil }:
      let elements = values.map { inner + $0.indented(inner) }
      return "[\n\(elements.joined(separator: ",\n"))\n\(margin)]"
    default: return text
    }
  }
}
