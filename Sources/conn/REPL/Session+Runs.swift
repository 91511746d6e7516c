import ArgumentParser
import Evaluation
import Execution
import Language
import Planning

/// Running script files, and resuming earlier runs, in the workspace of a session.
extension Session {
  /// Starts to run a script file. Its names stay its own. Throws, after reporting them, if it has
  /// errors.
  func start(file: String, _ arguments: [String], _ mailbox: Mailbox) throws -> Job {
    guard file != "-" else {
      throw RunError(.usage, "`:run` needs a file", help: "for example `:run script.conn`")
    }
    let (script, analysis, input) = try runner.checked(.file(file), arguments: arguments)
    return try start(.script(script, analysis, input), by: runner, mailbox) { binding in
      runner.recorder(binding, ScriptRunner.Text.file(file).command, input, analysis)
    }
  }

  /// Returns the run to resume: by its name, or the latest open one. Throws unless it can be resumed
  /// in this workspace.
  func resumable(_ wanted: ResumeOptions) throws(RunError) -> StoredRun {
    var past =
      if let run = wanted.run {
        try runs.run(run, help: ":runs lists them")
      } else { try runs.latestOpen() }
    try past.requireUnfinished()
    past.settlements = try Settlement.all(wanted.settle, of: past.history)
    try past.requireStart()
    if let binding { try past.require(host: binding.host) }
    return past
  }

  /// Continues an interrupted run with the script, the arguments and the options of its start;
  /// `arguments` are those that weren't saved.
  func resume(_ past: StoredRun, _ arguments: [String], _ mailbox: Mailbox) throws -> Job {
    var resuming = runner
    resuming.host.workingDirectory = past.start.workingDirectory
    resuming.options = try RunOptions.parse(past.start.options)
    resuming.options.workspace = runner.options.workspace
    resuming.options.talk = runner.options.talk
    resuming.options.selection.now = past.start.now
    return try start(try resuming.task(resuming: past, arguments), by: resuming, mailbox) {
      binding throws(RunError) in try past.resume(binding)
    }
  }

  private func start(
    _ task: ScriptRunner.RunTask, by runner: ScriptRunner, _ mailbox: Mailbox,
    _ recorder: (WorkspaceBinding) throws(RunError) -> RunJournal
  ) throws(RunError) -> Job {
    task.prepare(runner.host)
    var context = context(of: runner, task.sources)
    let recorder = try binding.map(recorder)
    context.warning = runner.warning(on: recorder)
    var next = Interpreter(context, runner.environment)
    next.begin(context, recorder, now: runner.now)
    return Job(
      nextNumber(), task.analysis ?? analyse(""), writes: true, bindsNames: false, next, mailbox
    ) { [binding] interpreter in
      await runner.outcome(of: task, &interpreter, binding)
    }
  }
}
