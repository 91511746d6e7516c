import Evaluation
import Inspection
import JSON
import Language

/// The explanation of the word at a place: its help, or its type, and the effect of the pipeline
/// around it. It never shows a value.
struct HoverText {
  private let document: Document
  private let analysis: Analysis?

  init(_ document: Document, _ analysis: Analysis?) {
    self.document = document
    self.analysis = analysis
  }

  func hover(at offset: Int) -> JSON {
    let tokens = Lexer.lex(document.file).tokens.flatMap(\.flattened)
    let token = tokens.last { $0.span.start <= offset && offset < $0.span.end }
    guard let token, let word = text(of: token) else { return .null }
    let parts = [word, pipeline(around: offset)].compactMap(\.self)
    return .members([
      "contents": .members([
        "kind": .string("markdown"), "value": .string(parts.joined(separator: "\n\n")),
      ]),
      "range": document.range(token.span),
    ])
  }

  private func text(of token: Token) -> String? {
    switch token.kind {
    case .variable(let name): variable(name)
    case .name(let name): help(name, at: token.span.start) ?? binding(at: token.span.start)
    default: nil
    }
  }

  private func variable(_ name: String) -> String {
    guard let variable = analysis?.scope.variables[name] else { return "```conn\n$\(name)\n```" }
    return "```conn\n$\(name): \(variable.type)\(variable.isNullable ? "?" : "")\n```"
  }

  private func binding(at offset: Int) -> String? {
    Bindings(document).binding(at: offset).map { "```conn\n\($0.kind.rawValue) \($0.text)\n```" }
  }

  /// Returns the help about a word, from the table that fits the way it is used.
  private func help(_ word: String, at offset: Int) -> String? {
    let runs = Highlighting(document.text.bytes, vocabulary: .standard).runs
    let style = runs.first { $0.range.contains(offset) }?.style
    return style.flatMap { $0.tables }?.lazy.flatMap(\.entries)
      .first { $0.names.contains(word) }?.markdown
  }

  /// Returns the effect and the row limit of the innermost pipeline.
  private func pipeline(around offset: Int) -> String? {
    let pipelines = analysis?.script?.statements.flatMap(\.pipelines) ?? []
    return pipelines.last { $0.span.start <= offset && offset < $0.span.end }
      .map { "Pipeline: \($0.effectAndBound)" }
  }
}

extension Highlighting.Style {
  /// The tables that explain words of the style.
  fileprivate var tables: [HelpTable]? {
    switch self {
    case .stage: [.stages]
    case .function: [.functions]
    case .field: [.fields]
    case .keyword: [.statements, .sources, .operators, .literals, .stages, .settings, .tests]
    case .operator: [.operators]
    case .plain: [.settings, .tests]
    case .variable, .string, .number, .comment, .error: nil
    }
  }
}

extension HelpEntry {
  fileprivate var markdown: String {
    let facts = facts.filter { !$0.text.isEmpty }.map { "- \($0.label): \($0.text)" }
    let examples = examples.map { "```conn\n\($0.text)\n```" }
    return
      (["```conn\n\(signature)\n```", summary]
      + (facts.isEmpty ? [] : [facts.joined(separator: "\n")]) + examples)
      .joined(separator: "\n\n")
  }
}
