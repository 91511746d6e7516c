import Evaluation
import Language
import Planning
import Text

/// The help of a script: the comment at its head, its parameters, and what its pipelines do.
package struct ScriptPage {
  private let name: String
  private let header: [String]
  private let script: CheckedScript?
  private let sources: SourceMap

  package init(_ analysis: Analysis, name: String, bytes: [UInt8]) {
    self.name = name
    header = Self.header(bytes)
    script = analysis.script
    sources = analysis.sources
  }

  /// Returns the page, ending with a newline. A script with errors has only the comment at its head.
  package func text(style: TextStyle = .plain, width: Int? = nil) -> String {
    var lines = header.isEmpty ? ["\(name.escapingHiddenCharacters())"] : header
    if let script {
      lines += Self.parameters(script, sources, style: style, width: width)
      lines += effects(script, style: style, width: width)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Returns the lines of the comment at the head of a text, without their number signs.
  private static func header(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0.hasPrefix("#!") || $0.allSatisfy(\.isWhitespace) }
      .prefix { $0.hasPrefix("#") }
      .map { line in
        let text = line.drop { $0 == "#" }
        return String(text.hasPrefix(" ") ? text.dropFirst() : text).escapingHiddenCharacters()
      }
  }

  /// Returns the lines about the parameters; none if there are none.
  static func parameters(
    _ script: CheckedScript, _ sources: SourceMap, style: TextStyle, width: Int?
  ) -> [String] {
    guard !script.parameters.isEmpty else { return [] }
    let rows = script.parameters.map { parameter in
      let value = parameter.defaultValue.map { sources.text($0.span).onOneLine } ?? "required"
      return [
        parameter.name, "\(parameter.type)", value.escapingHiddenCharacters(),
        (parameter.documentation ?? "").escapingHiddenCharacters(),
      ]
    }
    return ["", style.paint("Parameters, set with name=value", .bold)]
      + Glossary(rows, style: style, width: width).lines
  }

  private func effects(_ script: CheckedScript, style: TextStyle, width: Int?) -> [String] {
    let rows = script.statements.flatMap(\.pipelines).map { pipeline in
      let line = sources.file(of: pipeline.span)?.position(of: pipeline.span.start).line ?? 0
      return ["line \(line)", pipeline.effect.name, "rows: \(pipeline.selectionBound)"]
    }
    guard !rows.isEmpty else { return [] }
    return ["", style.paint("Effect", .bold)] + Glossary(rows, style: style, width: width).lines
  }
}
