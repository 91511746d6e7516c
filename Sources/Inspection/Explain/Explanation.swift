import API
import Evaluation
import Language
import Planning
import Text

/// Explains each pipeline of a script from its source alone: the calls it makes, the conditions
/// that the server evaluates and those that are evaluated here (with the reason), and its effect.
package struct Explanation {
  package private(set) var text = ""
  private let sources: SourceMap
  private var environment: Environment

  package init(_ script: CheckedScript, _ environment: Environment, sources: SourceMap) {
    self.sources = sources
    self.environment = environment
    self.environment.bind(script.parameters)
    text += ScriptPage.parameters(script, sources, style: .plain, width: nil).dropFirst()
      .map { $0 + "\n" }.joined()
    explain(script.statements)
  }

  private mutating func explain(_ statements: [CheckedStatement]) {
    for statement in statements { explain(statement) }
  }

  private mutating func explain(_ statement: CheckedStatement) {
    switch statement {
    case .pipeline(let pipeline): text += explanation(pipeline)
    case .letPipeline(_, let pipeline): text += explanation(pipeline)
    case .loop(let loop): explain(loop)
    case .branch(let condition, let then, let other):
      text += "\(sources.location(of: condition.span)): if `\(source(condition.span))`:\n"
      explain(then)
      if !other.isEmpty { text += "else:\n" }
      explain(other)
    case .letExpression, .print: break
    }
    environment.bind(statement)
  }

  private mutating func explain(_ loop: CheckedLoop) {
    if case .pipeline(let pipeline) = loop.source { text += explanation(pipeline) }
    let elements = elements(of: loop)
    let rounds = elements.map { ", \($0.count.counted("iteration")), here the first" }
    text += "\(sources.location(of: loop.span)): for each `$\(loop.variable)`\(rounds ?? ""):\n"
    let outer = environment
    environment.variables[loop.variable] = elements?.first.map { .value($0) } ?? .unknown
    explain(loop.body)
    environment = outer
  }

  /// Returns the elements that the loop iterates over, if the source determines them.
  private func elements(of loop: CheckedLoop) -> [Value]? {
    guard case .list(let list) = loop.source else { return nil }
    return (try? Evaluator(environment).constant(list))?.elements
  }

  // MARK: Pipelines

  private func explanation(_ pipeline: CheckedPipeline) -> String {
    let evaluator = Evaluator(environment)
    let pushdown = Pushdown(pipeline, evaluator, allowed: true)
    let restatement = PlanSummary(sources: sources, evaluator: evaluator)
    let lines =
      ["\(sources.location(of: pipeline.span)): \(restatement.sentence(pipeline))"]
      + requests(pipeline, pushdown) + pushdown.conditions.map(condition)
      + ["  effect: \(effect(pipeline))", "  rows: \(pipeline.selectionBound)"]
      + calls(pipeline, pushdown)
    return lines.joined(separator: "\n") + "\n"
  }

  private func requests(_ pipeline: CheckedPipeline, _ pushdown: Pushdown) -> [String] {
    let list = pushdown.queries(of: pipeline).map { "  call: GET \(Request.list($0).target)" }
    let tags = pipeline.changesTags ? ["  call: GET \(Request.tags(page: 1).target)"] : []
    let templates = CallTemplates(pipeline, Evaluator(environment), sources: sources).entries
    let share =
      pipeline.writes && pipeline.populationHasRuntime
      ? ["  call: GET \(Request.list(ListQuery()).target), if a limit in percent is set"] : []
    return tags + list + share
      + templates.map { entry in
        let share = entry.connectionsPerCall
        let rows = share == 1 ? "row" : "\(share) rows"
        let each = entry.template == nil ? "" : ", once per \(rows)"
        return "  call: \(entry.request.method.rawValue) \(entry.request.target)\(each)"
      }
  }

  private func source(_ span: SourceSpan) -> String { sources.text(span).onOneLine }

  private func condition(_ condition: Pushdown.Condition) -> String {
    switch condition.location {
    case .server(let parameter):
      "  `\(source(condition.span))`: server (\(parameter)), checked again here"
    case .here(let reason): "  `\(source(condition.span))`: checked here, because \(reason)"
    }
  }

  private func effect(_ pipeline: CheckedPipeline) -> String {
    let undoing = pipeline.undoings.map { "`\($0.stage)` \($0.undoing)" }
    return ([pipeline.effect.name] + undoing).joined(separator: "; ")
  }

  /// Returns the maximum number of calls, and the time they take at one write per second.
  private func calls(_ pipeline: CheckedPipeline, _ pushdown: Pushdown) -> [String] {
    let list =
      pushdown.queries(of: pipeline).map { _ in lists(pipeline.rounds) }
      + (pipeline.changesTags ? ["1 list of tags"] : [])
    guard pipeline.writes else { return list.map { "  calls: \($0)" } }
    let shares = pipeline.stages.compactMap(\.write?.action.definition.connectionsPerCall)
    guard let rows = pipeline.selectionBound.most, rows < 1_000_000 else {
      let words = Set(shares).sorted().map { share in
        let writes = shares.count { $0 == share }.counted("write")
        return writes + " per row, " + (share == 1 ? "1 s each" : "up to \(share) in a call")
      }
      return ["  calls: \(ListText.listed(list + words))"]
    }
    let writes = rows * shares.count
    let calls = shares.reduce(0) { $0 + (rows + $1 - 1) / $1 }
    let time = DurationText.text(Double(max(1, calls)))
    let words = list + ["at most \(writes.counted("write"))"]
    return ["  calls: \(ListText.listed(words)), at most \(time)"]
  }

  private func lists(_ rounds: RowBound) -> String {
    switch rounds {
    case .atMost(1): "1 list"
    case .atMost(let count): "at most \(count.counted("list"))"
    case .unbounded: "1 list per iteration"
    }
  }
}

extension CheckedPipeline {
  /// The stages that write, each with words that say whether it can be undone.
  fileprivate var undoings: [(stage: String, undoing: String)] {
    stages.compactMap { stage in
      stage.write.map { (stage.name, $0.action.definition.undoing(stage.effect)) }
    }
  }
}

extension Pushdown {
  /// The lists that the pipeline needs.
  fileprivate func queries(of pipeline: CheckedPipeline) -> [ListQuery] {
    let own = pipeline.lists ? [query] : []
    let needsOther = pipeline.readsWorkspace && !own.contains(workspaceQuery)
    return own + (needsOther ? [workspaceQuery] : [])
  }
}
