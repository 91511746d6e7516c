import Evaluation
import Language
import Planning
import Text

extension Interpreter {
  mutating func loop(_ loop: CheckedLoop) async throws(RunError) {
    guard let rounds = try await rounds(of: loop) else {
      printComment(
        "for each `$\(loop.variable)` of `\(context.sources.text(loop.source.span).onOneLine)`")
      rehearsal.uncertainBlocks += 1
      defer { rehearsal.uncertainBlocks -= 1 }
      return try await block(loop.body, binding: loop.variable, to: .unknown)
    }
    let outer = roundsAround
    defer { roundsAround = outer }
    let (product, overflow) = roundsAround.multipliedReportingOverflow(by: max(1, rounds.count))
    roundsAround = overflow ? .max : product
    try requireFew(loop)
    let planned = rehearsal.plan.parts.count
    rehearsal.loops += 1
    let isLast = isLast
    for (index, round) in rounds.enumerated() {
      if context.isInterrupted() { throw RunError.interrupted }
      self.isLast = isLast && index == rounds.count - 1
      try await block(loop.body, binding: loop.variable, to: round)
    }
    rehearsal.loops -= 1
    try showRounds(from: planned)
  }

  mutating func branch(
    _ condition: CheckedExpression, _ then: [CheckedStatement], _ other: [CheckedStatement]
  ) async throws(RunError) {
    if isDryRun, environment.readsUnknown(condition) {
      let text = context.sources.text(condition.span).onOneLine
      printComment("if `\(text)`")
      rehearsal.uncertainBlocks += 1
      defer { rehearsal.uncertainBlocks -= 1 }
      try await block(then)
      if !other.isEmpty { printComment("else") }
      return try await block(other)
    }
    if block == nil { try exclusions.check(condition, deciding: then, or: other, environment) }
    let planned = try block?.condition()
    let holds = if let planned { planned } else { try evaluator.constant(condition).bool ?? false }
    course?.add(.condition(holds))
    try await block(holds ? then : other)
  }

  // MARK: Parts

  /// The values that the loop iterates over, or `nil` if they are unknown without the server.
  private mutating func rounds(of loop: CheckedLoop) async throws(RunError)
    -> [Environment.Binding]?
  {
    if block != nil {
      if case .pipeline(let pipeline) = loop.source, pipeline.writes {
        _ = try await execute(pipeline)
      }
      return try block?.rounds()
    }
    let rounds = try await ownRounds(of: loop)
    course?.add(.rounds(rounds ?? []))
    return rounds
  }

  private mutating func ownRounds(of loop: CheckedLoop) async throws(RunError)
    -> [Environment.Binding]?
  {
    switch loop.source {
    case .list(let list):
      return try known(list).map { list in (list.elements ?? []).map { .value($0) } }
    case .pipeline(let pipeline):
      return try await execute(pipeline)?.rows.map { .row($0) }
    }
  }

  /// Limits the iterations of a loop that writes, since each one needs its own confirmation or limit.
  private func requireFew(_ loop: CheckedLoop) throws(RunError) {
    let most = CheckedLoop.maxWritingRounds
    guard loop.writes, roundsAround > most else { return }
    throw RunError(
      .guardRefused, "a loop that writes can run at most \(most) times, not \(roundsAround)",
      help: "a stage acts on all its rows: use one pipeline instead of a loop", at: loop.span)
  }

  private mutating func block(
    _ statements: [CheckedStatement], binding name: String? = nil,
    to binding: Environment.Binding = .unknown
  ) async throws(RunError) {
    let outer = environment
    if let name { environment.variables[name] = binding }
    defer { environment = outer }
    try await self.statements(statements)
  }

  /// Prints, in a dry run, the condition that the following calls depend on.
  private func printComment(_ text: String) {
    guard case .dryRun(let printer, _) = context.mode else { return }
    printCalls(printer.comment(text))
  }
}
