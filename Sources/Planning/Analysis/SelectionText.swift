import Evaluation
import JSON
import Language
import Text

/// Writes the selection of a pipeline as a script of its own, which selects by the same conditions when
/// a plan is applied later.
struct SelectionText {
  private let evaluator: Evaluator
  private let sources: SourceMap

  init(_ evaluator: Evaluator, sources: SourceMap) {
    self.evaluator = evaluator
    self.sources = sources
  }

  /// Returns the script; `nil` if the pipeline doesn't select from a list by conditions alone, or if
  /// they need more than the list and values that can be written down.
  func script(of pipeline: CheckedPipeline) -> String? {
    guard case .list(let withRuntime) = pipeline.source.kind,
      let conditions = conditions(of: pipeline)
    else { return nil }
    let names = Set(conditions.flatMap(\.variables)).sorted()
    let bindings = names.compactMap { name in literal(of: name).map { "let \(name) = \($0)\n" } }
    guard bindings.count == names.count else { return nil }
    let text = ExpressionText(sources: sources)
    return bindings.joined() + "list" + (withRuntime ? " with runtime" : "")
      + conditions.map { " where \(text.of($0))" }.joined(separator: " |")
  }

  private func conditions(of pipeline: CheckedPipeline) -> [CheckedExpression]? {
    var conditions: [CheckedExpression] = []
    for stage in pipeline.stages.prefix(while: { $0.effect == .read }) {
      switch (stage.operation, stage.arguments) {
      case (_, .predicate(let predicate)): conditions.append(predicate)
      case (_, .sortKeys), (.output, _), (.check, _): continue
      default: return nil
      }
    }
    let needsMore = conditions.contains { !$0.isSelfContained }
    return conditions.isEmpty || needsMore ? nil : conditions
  }

  /// The value of a variable in the syntax of the language; `nil` for rows, and for what may be a
  /// credential.
  private func literal(of name: String) -> String? {
    guard case .value(let value) = evaluator.environment.variables[name],
      !CredentialScanner.isCredential(value.text, key: name)
    else { return nil }
    return literal(value)
  }

  private func literal(_ value: Value) -> String? {
    switch value.unwrapped {
    case .null, .bool, .int, .string: return value.json.text
    case .timestamp, .duration: return value.text
    case .list(let values):
      let texts = values.compactMap(literal)
      return texts.count == values.count ? "[\(texts.joined(separator: ", "))]" : nil
    case .record, .json, .secret: return nil
    }
  }
}

extension CheckedExpression {
  fileprivate var variables: [String] {
    if case .variable(let name, _) = kind { return [name] }
    return operands.flatMap(\.variables)
  }

  /// `true` iff the expression reads only the row and variables, not the environment, the titles of tags,
  /// or the row of a loop.
  fileprivate var isSelfContained: Bool {
    !contains { operand in
      switch operand.kind {
      case .rowField, .field(_, "tag_titles"), .call("env", _), .call("secret", _): true
      default: false
      }
    }
  }
}
