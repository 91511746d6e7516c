import Evaluation
import Language

/// Completes texts whose cursor is marked with `‸`, at a prompt with a last result.
struct CompletionFixture {
  var scope = Self.scope(behind: "list")
  /// The name of the text.
  var name = "repl"

  /// Returns the scope behind statements, as a prompt keeps it.
  static func scope(behind text: String) -> Scope {
    var input = Analysis.Input(name: "before", bytes: Array(text.utf8), arguments: [])
    input.isWhole = false
    let start = Scope(
      files: { file in
        file.path == "rows.csv"
          ? .schema(Schema([Schema.Column("owner", .string)], areConnections: false))
          : .problem("no file `\(file.path)`")
      },
      texts: { path in
        path == "lib.conn"
          ? .bytes(Array("def tidy(tag: string) = where tags has $tag".utf8))
          : .problem("no file `\(path)`")
      })
    return Analysis(input, vocabulary: .standard, scope: start).scope
  }

  func complete(_ marked: String) -> Completion {
    let bytes = Array(marked.utf8)
    let mark = Array("‸".utf8)
    let cursor = bytes.indices.first { bytes[$0...].starts(with: mark) } ?? bytes.count
    return complete(Array(bytes[..<cursor]) + bytes[cursor...].dropFirst(mark.count), at: cursor)
  }

  func complete(_ bytes: [UInt8], at cursor: Int) -> Completion {
    let input = Analysis.Input(name: name, bytes: bytes)
    return Completion(input, at: cursor, vocabulary: .standard, scope: scope)
  }

  /// The texts of the candidates, separated by blanks; those with blanks in brackets.
  func texts(_ marked: String) -> String { Self.joined(complete(marked).candidates) }

  static func joined(_ candidates: [Candidate]) -> String {
    candidates.map { $0.text.contains(" ") ? "[\($0.text)]" : $0.text }.joined(separator: " ")
  }

  func diagnostics(_ bytes: [UInt8]) -> [Diagnostic] {
    var input = Analysis.Input(name: "repl", bytes: bytes)
    input.isWhole = false
    return Analysis(input, vocabulary: .standard, scope: scope).diagnostics
  }
}
