import API
import Evaluation
import Language
import Planning
import Text

/// Says what each pipeline of a script asks of the server, what is decided here and why, and what
/// it can do, from the text alone.
package struct Explanation {
  package private(set) var text = ""
  private let sources: SourceMap
  private var environment: Environment

  package init(_ script: CheckedScript, _ environment: Environment, sources: SourceMap) {
    self.sources = sources
    self.environment = environment
    self.environment.take(script.parameters)
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
      text += "\(sources.place(condition.span)): if `\(source(condition.span))`:\n"
      explain(then)
      if !other.isEmpty { text += "else:\n" }
      explain(other)
    case .letExpression, .print: break
    }
    environment.take(statement)
  }

  private mutating func explain(_ loop: CheckedLoop) {
    if case .pipeline(let pipeline) = loop.source { text += explanation(pipeline) }
    let elements = elements(of: loop)
    let rounds = elements.map {
      ", \($0.count) round\($0.count == 1 ? "" : "s"), of which the first"
    }
    text += "\(sources.place(loop.span)): for each `$\(loop.variable)`\(rounds ?? ""):\n"
    let outer = environment
    environment.variables[loop.variable] = elements?.first.map { .value($0) } ?? .unknown
    explain(loop.body)
    environment = outer
  }

  /// What the loop goes through, where the text tells it.
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
      ["\(sources.place(pipeline.span)): \(restatement.sentence(pipeline))"]
      + requests(pipeline, pushdown) + pushdown.conditions.map(condition)
      + ["  effect: \(effect(pipeline))", "  rows: \(pipeline.selectionBound)"]
      + calls(pipeline)
    return lines.joined(separator: "\n") + "\n"
  }

  private func requests(_ pipeline: CheckedPipeline, _ pushdown: Pushdown) -> [String] {
    let list = pipeline.lists ? ["  call: GET \(Request.list(pushdown.query).target)"] : []
    let templates = CallTemplates(pipeline, Evaluator(environment), sources: sources).entries
    return list
      + templates.map { entry in
        let each = entry.template == nil ? "" : ", once a row"
        return "  call: \(entry.request.method.rawValue) \(entry.request.target)\(each)"
      }
  }

  private func source(_ span: SourceSpan) -> String { sources.text(span).onOneLine }

  private func condition(_ condition: Pushdown.Condition) -> String {
    switch condition.place {
    case .server(let parameter):
      "  `\(source(condition.span))`: server (\(parameter)), and again here"
    case .here(let reason): "  `\(source(condition.span))`: here, because \(reason)"
    }
  }

  private func effect(_ pipeline: CheckedPipeline) -> String {
    let undoing = pipeline.undoings.map { "`\($0.stage)` \($0.undoing)" }
    return ([pipeline.effect.name] + undoing).joined(separator: "; ")
  }

  /// How many calls there will be, and how long they take at one write a second.
  private func calls(_ pipeline: CheckedPipeline) -> [String] {
    let list = pipeline.lists ? [lists(pipeline.rounds)] : []
    guard pipeline.writes else { return list.map { "  calls: \($0)" } }
    let stages = pipeline.stages.count { $0.effect > .read }
    guard let rows = pipeline.selectionBound.most, rows < 1_000_000 else {
      let words = list + ["\(stages == 1 ? "a write" : "\(stages) writes") a row, a second each"]
      return ["  calls: \(ListText.listed(words))"]
    }
    let writes = rows * stages
    let time = DurationText.text(Double(max(1, writes)))
    let words = list + ["at most \(writes) write\(writes == 1 ? "" : "s")"]
    return ["  calls: \(ListText.listed(words)), at most \(time)"]
  }

  private func lists(_ rounds: RowBound) -> String {
    switch rounds {
    case .atMost(1): "1 list"
    case .atMost(let count): "at most \(count) lists"
    case .unbounded: "a list a round"
    }
  }
}

extension CheckedPipeline {
  /// The stages that write, and whether what they do can be undone.
  fileprivate var undoings: [(stage: String, undoing: String)] {
    stages.compactMap { stage in
      guard case .write(let kind, _) = StageDefinition.named(stage.name)?.meaning else {
        return nil
      }
      return (stage.name, kind.undoing(stage.effect))
    }
  }
}
