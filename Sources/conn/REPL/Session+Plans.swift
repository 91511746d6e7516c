import Evaluation
import Execution
import Language
import Planning

/// Making and applying plan files in a session.
extension Session {
  /// Starts to apply a plan of this session; `nil` if no workspace is open.
  func start(_ file: PlanFile, _ mailbox: Mailbox) -> Job? {
    guard let binding else { return nil }
    let terms = ApplyPreconditions(
      workspace: binding.identity, used: AppliedPlans(runner.host), now: runner.host.clock.instant()
    )
    var next = interpreter
    next.begin(context, runner.recorder(binding, file, Self.name), now: runner.now)
    return Job(nextNumber(), analyse(""), writes: true, next, mailbox) { interpreter in
      await interpreter.outcome(of: file, terms)
    }
  }

  /// Starts to compute the exact writes of a statement for a plan file.
  func startPlanning(_ script: CheckedScript, _ analysis: Analysis, _ mailbox: Mailbox)
    throws(RunError) -> Job
  {
    guard let reader = access.reader, binding != nil else {
      throw RunError(.usage, "a plan needs a workspace, and none is open", help: ":live opens it")
    }
    var context = context
    context.mode = .planning(ListingReader(reader: reader, listing: listing))
    context.workspaceReader = reader
    context.output = StderrOnlyOutput(runner.output)
    context.sources = analysis.sources
    var next = interpreter
    next.begin(context, nil, now: runner.now)
    return Job(nextNumber(), analysis, writes: false, next, mailbox) { interpreter in
      await interpreter.outcome(of: script)
    }
  }

  func savedPlan(_ planned: Interpreter, _ script: CheckedScript, _ text: String) throws(RunError)
    -> PlanDocument
  {
    guard let workspace = binding?.identity else {
      throw RunError(.internalError, "no workspace is open to plan for")
    }
    return planned.document(
      of: script, created: runner.host.clock.instant(), for: workspace,
      texts: [SourceFile(name: Self.name, text: text)])
  }
}
