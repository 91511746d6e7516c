import API
import Evaluation
import JSON
import Language
import Text

/// Describes a pipeline in one plain sentence.
///
/// The sentence is derived from the checked tree, not from the source text. It therefore says what
/// conn will do, even if that differs from what the author meant.
package struct PlanSummary: Sendable {
  package let sources: SourceMap
  package let evaluator: Evaluator

  package init(sources: SourceMap, evaluator: Evaluator) {
    self.sources = sources
    self.evaluator = evaluator
  }

  /// Returns the sentence for the stages that write in a plan whose rows are known, such as
  /// `Force-disconnect the 12 connections (of 412) that have the tag "x"; 3 have child …`.
  package func sentence(_ part: Plan.Part, of pipeline: CheckedPipeline, _ rows: Rows) -> String {
    let total = part.population.map { " (of \($0))" } ?? ""
    let written = Set(part.writes.compactMap(\.span))
    let verbs = verbs(pipeline.stages.filter { written.contains($0.span) })
    if part.writes.allSatisfy(\.creates) {
      return "\(verbs.first ?? "") \(part.writes.count.counted("connection"))"
        + selection(pipeline, part.targets) + repeats(part) + "."
    }
    return (verbs.first ?? "") + " \(targets(part))\(total)" + selection(pipeline, part.targets)
      + then(verbs, part.targets)
      + nulls(pipeline, rows)
      + part.parentsRemark + "."
  }

  /// Returns the number of targets; a single target is named instead.
  private func targets(_ part: Plan.Part) -> String {
    guard part.targets == 1 else { return "the \(part.targets) connections" }
    return part.writes[0].connection.map(Connection.definiteName) ?? "the connection"
  }

  /// Returns the sentence for a pipeline whose rows are not known yet.
  package func sentence(_ pipeline: CheckedPipeline) -> String {
    let verbs = verbs(pipeline.stages)
    let verb = verbs.first ?? readingVerb(pipeline)
    return verb + subject(pipeline) + selection(pipeline) + then(verbs) + summary(pipeline) + "."
  }

  private func verbs(_ stages: [CheckedStage]) -> [String] {
    stages.compactMap(\.write)
      .map { $0.action.definition.phrase(details($0)).escapingHiddenCharacters() }
  }

  private func details(_ write: WriteStage) -> [String] {
    let tags = try? evaluator.tags(write.tags).map { JSON.string($0.title).text }
    return write.assignments.map(\.field.name) + write.constants.map(\.name)
      + (tags ?? write.tags.map(text))
  }

  private func then(_ verbs: [String], _ count: Int = 2) -> String {
    verbs.dropFirst().map { verb in
      ", then \(verb.prefix(1).lowercased() + verb.dropFirst()) \(count.agreeing("it", "them"))"
    }.joined()
  }

  /// Counts the rows that a negated comparison selects only because their field is null.
  private func nulls(_ pipeline: CheckedPipeline, _ rows: Rows) -> String {
    pipeline.negatedNullables.sorted().map { name in
      let count = rows.count { row in
        guard let field = Field.named(name), let connection = row.connection else { return false }
        return (try? connection.value(of: field).isNull) ?? false
      }
      return count == 0 ? "" : "; \(count) of them \(count.agreeing("has", "have")) no `\(name)`"
    }.joined()
  }

  // MARK: Reading

  private func readingVerb(_ pipeline: CheckedPipeline) -> String {
    for stage in pipeline.stages.reversed() {
      switch stage.arguments {
      case .none where stage.name == "count": return "Count"
      case .grouping(let grouping) where stage.name == "group":
        return grouping.aggregates.isEmpty ? "Count" : "Summarize"
      case .rows: return "Compare"
      default: continue
      }
    }
    return "List"
  }

  /// Describes which rows are selected, in the order of the stages. If there is one row, the words
  /// are in the singular – unless a stage picks rows by position: then the conditions describe the
  /// rows it was picked from.
  private func selection(_ pipeline: CheckedPipeline, _ count: Int = 2) -> String {
    let stages = pipeline.stages.prefix { $0.effect == .read }
    let isAmong = count == 1 && stages.contains { choice($0, "") != nil }
    let number: ListText.Number = count == 1 && !isAmong ? .one : .many
    var clause = ""
    var order = ""
    var phrases: [String] = []
    func flush() {
      guard !phrases.isEmpty else { return }
      let beginning = isAmong ? ", out of those that " : " that "
      clause +=
        (clause.isEmpty ? beginning : ", of these only those that ") + ListText.listed(phrases)
      phrases = []
    }
    for stage in stages {
      if case .predicate(let predicate) = stage.arguments {
        phrases += predicate.conjuncts.map { phrase($0, number) }
      } else if case .sortKeys(let keys) = stage.arguments {
        order = " when sorted by " + ListText.listed(keys.map { "`\(quotable($0.value))`" })
      } else if let choice = choice(stage, order) {
        flush()
        clause += choice
      }
    }
    flush()
    return clause
  }

  /// Returns the words for a stage that keeps rows by position; `nil` for any other stage.
  private func choice(_ stage: CheckedStage, _ order: String) -> String? {
    switch (stage.name, stage.arguments) {
    case ("skip", .count(let count)): ", all but the first \(text(count))\(order)"
    case (let end, .count(let count)): ", only the \(end) \(text(count))\(order)"
    case ("distinct", .grouping(let grouping)): ", one per " + keys(grouping)
    default: nil
    }
  }

  private func summary(_ pipeline: CheckedPipeline) -> String {
    pipeline.stages.map { stage in
      switch stage.arguments {
      case .grouping(let grouping) where stage.name == "group": " for each " + keys(grouping)
      case .rows(let source): " with `\(sources.text(source.span).onOneLine)`"
      default: ""
      }
    }.joined()
  }

  private func keys(_ grouping: CheckedGrouping) -> String {
    ListText.listed(grouping.keys.map { "`\(quotable($0.value))`" })
  }

  private func quotable(_ expression: CheckedExpression) -> String {
    sources.text(expression.span).onOneLine
  }

  private func subject(_ pipeline: CheckedPipeline) -> String {
    switch pipeline.source.kind {
    case .list: " the connections"
    case .get(let ids):
      " \(ids.count.agreeing("connection", "connections")) "
        + ids.map { text($0) }.joined(separator: ", ")
    case .file(let file): " the rows of `\(file.name)`"
    case .variable(let name): " the rows of `$\(name)`"
    case .lastResult: " the rows of the last result"
    case .nothing: " one connection"
    }
  }

  private func repeats(_ part: Plan.Part) -> String {
    let count = part.selected - part.writes.count
    return count > 0 ? "; \(count) already \(count.agreeing("exists", "exist"))" : ""
  }

  // MARK: Conditions

  /// Returns a condition as words to follow "that"; quotes the source if it has no words for it.
  private func phrase(_ condition: CheckedExpression, _ number: ListText.Number) -> String {
    switch condition.kind {
    case .field(_, "connected"): return "\(number.are) connected"
    case .not(let inner):
      if case .field(_, "connected") = inner.kind { return "\(number.are) not connected" }
    case .comparison(let comparison, let left, let right):
      if let phrase = comparisonPhrase(comparison, left, right, number) { return phrase }
    default: break
    }
    return "\(number.satisfy) `\(sources.text(condition.span).onOneLine)`"
  }

  private func comparisonPhrase(
    _ comparison: ComparisonOperator, _ left: CheckedExpression, _ right: CheckedExpression,
    _ number: ListText.Number
  ) -> String? {
    guard case .field(_, let name) = left.kind, right.isConstant else { return nil }
    let isNull = if case .literal(.null) = right.kind { true } else { false }
    switch (name, comparison) {
    case (_, .equal) where isNull: return "\(number.have) no `\(name)`"
    case (_, .notEqual) where isNull: return "\(number.have) a value for `\(name)`"
    case ("tags", .has), ("tag_titles", .has): return "\(number.have) the tag \(text(right))"
    case ("connection_lost_at", .less):
      return "lost \(number.their) connection before \(text(right))"
    default:
      let clause = left.type == .timestamp ? Self.timeWords[comparison] : nil
      return (clause ?? Self.clause[comparison]).map {
        "\(number.have) `\(name)` \($0) \(text(right))"
      }
    }
  }

  private static let timeWords: [ComparisonOperator: String] = [
    .less: "before", .lessOrEqual: "up to", .greater: "after", .greaterOrEqual: "from",
  ]

  private static let clause: [ComparisonOperator: String] = [
    .equal: "equal to", .notEqual: "other than", .less: "below", .lessOrEqual: "at most",
    .greater: "above", .greaterOrEqual: "at least", .contains: "containing",
    .startsWith: "starting with", .endsWith: "ending with", .like: "like", .isIn: "among",
  ]

  private func text(_ expression: CheckedExpression) -> String {
    guard let value = try? evaluator.constant(expression) else {
      return sources.text(expression.span)
    }
    if case .string = value { return value.json.text }
    if let elements = value.elements { return elements.map(\.json.text).joined(separator: ", ") }
    return value.text
  }
}
