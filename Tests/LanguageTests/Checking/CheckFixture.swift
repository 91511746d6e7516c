import Evaluation
import Language

/// Checks texts beside files in memory.
struct CheckFixture {
  /// The files that `use` finds.
  var files: [String: String] = [:]
  var values: [String: [String: Int]] = [:]
  var isWhole = true
  var tokenVariables: Set<String> = [Scope.tokenVariable]

  func analyze(_ text: String, _ arguments: [String] = []) -> Analysis {
    analyze(Array(text.utf8), arguments)
  }

  func analyze(_ bytes: [UInt8], _ arguments: [String] = []) -> Analysis {
    var input = Analysis.Input(name: "test", bytes: bytes, arguments: arguments)
    input.isWhole = isWhole
    return Analysis(input, vocabulary: .standard, scope: scope)
  }

  func codes(_ text: String) -> [String] { analyze(text).diagnostics.map(\.code) }

  func rendered(_ text: String) -> String {
    let analysis = analyze(text)
    return DiagnosticRenderer(sources: analysis.sources).render(analysis.diagnostics)
  }

  private var scope: Scope {
    let files = files
    var scope = Scope(
      files: { file in
        file.path == "rows.csv"
          ? .schema(Schema([Schema.Column("owner", .string)], areConnections: false))
          : .problem("no file `\(file.path)`")
      },
      texts: { path in
        files[path].map { .bytes(Array($0.utf8)) } ?? .problem("no file `\(path)`")
      })
    scope.values = { values[$0].map { KnownFieldValues($0) } }
    scope.tokenVariables = tokenVariables
    return scope
  }
}
