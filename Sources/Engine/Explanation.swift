import ConnectionsClient
import Language

/// Says what each pipeline of a script asks of the server, what is decided here and why, and what
/// it can do, from the text alone.
package struct Explanation {
  package private(set) var text = ""
  private let sources: SourceMap
  private var environment: Environment

  package init(_ script: CheckedScript, _ environment: Environment, sources: SourceMap) {
    self.sources = sources
    self.environment = environment
    for parameter in script.parameters {
      let value =
        parameter.given.map { Value($0) }
        ?? parameter.defaultValue.flatMap { try? Evaluator(environment).constant($0) }
      self.environment.variables[parameter.name] = value.map { .value($0) } ?? .unknown
    }
    for statement in script.statements { explain(statement) }
  }

  private mutating func explain(_ statement: CheckedStatement) {
    if case .letExpression(let name, let expression) = statement {
      let value = try? Evaluator(environment).constant(expression)
      environment.variables[name] = value.map { .value($0) } ?? .unknown
    }
    if case .letPipeline(let name, _) = statement { environment.variables[name] = .unknown }
    if let pipeline = statement.pipeline { text += explanation(pipeline) }
  }

  private func explanation(_ pipeline: CheckedPipeline) -> String {
    let evaluator = Evaluator(environment)
    let pushdown = Pushdown(pipeline, evaluator, allowed: true)
    let restatement = Restatement(sources: sources, evaluator: evaluator)
    let lines =
      ["\(sources.place(pipeline.span)): \(restatement.sentence(pipeline))"]
      + calls(pipeline, pushdown) + pushdown.conditions.map(condition)
      + ["  effect: \(pipeline.effect.name); rows: \(pipeline.selectionBound)"]
      + time(pipeline)
    return lines.joined(separator: "\n") + "\n"
  }

  private func calls(_ pipeline: CheckedPipeline, _ pushdown: Pushdown) -> [String] {
    let list: [String] =
      switch pipeline.source.kind {
      case .list, .get: ["  call: GET \(Request.list(pushdown.query).target)"]
      default: []
      }
    let templates = CallTemplates(pipeline, Evaluator(environment), sources: sources).entries
    return list
      + templates.map { entry in
        let each = entry.template == nil ? "" : ", once a row"
        return "  call: \(entry.request.method.rawValue) \(entry.request.target)\(each)"
      }
  }

  private func condition(_ condition: Pushdown.Condition) -> String {
    let source = sources.text(condition.span).onOneLine
    return switch condition.place {
    case .server(let parameter): "  `\(source)`: server (\(parameter)), and again here"
    case .here(let reason): "  `\(source)`: here, because \(reason)"
    }
  }

  private func time(_ pipeline: CheckedPipeline) -> [String] {
    guard pipeline.writes else { return [] }
    guard case .atMost(let rows) = pipeline.selectionBound, rows < 1_000_000 else {
      return ["  time: a second a write"]
    }
    let writes = rows * pipeline.stages.count { $0.effect > .read }
    return ["  time: at most \(TimeWords.text(Double(max(1, writes)))) for \(writes) writes"]
  }
}
