import API
import ConnectionsClient
import Evaluation
import Execution
import Glibc
import Language
import LineEditing
import Planning

/// Builds the context of a run from the options and the profile.
extension ScriptRunner {
  func context(_ access: WorkspaceSession, _ profile: WorkspaceProfile?, _ sources: SourceMap)
    -> RunContext
  {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let clock = SystemTimekeeper()
    var context = RunContext(
      mode: access.mode, output: output, terminal: StandardTerminal(), disk: SystemDisk(),
      sources: sources,
      format: options.execution.output ?? profile?.output ?? (isTerminal ? .table : .jsonl),
      style: TerminalStyle.style(of: STDOUT_FILENO, isColorDisabled: options.talk.noColor),
      width: TerminalStyle.width, uptime: clock.uptime)
    context.glyphs = Glyphs(environment: environment)
    context.serverURL = access.address.base
    context.workspaceReader = access.workspaceReader
    context.guards = guards
    context.execution.failures.stopsAtFirst = options.execution.onError == .stop
    context.execution.failures.limit = options.execution.maxFailures
    context.execution.deadline = options.execution.seconds.map { clock.uptime() + $0 }
    context.events = events
    context.guards.profile = profile?.guards
    context.pushesDown = !options.selection.noPush
    context.isInterrupted = { Interruption.isRequested }
    let idle = Interruption.current
    context.setWriting = { Interruption.enter($0 ? .writing : idle) }
    return context
  }

  private var guards: Guards {
    var guards = Guards()
    guards.expected = options.selection.expect
    guards.maxWrites = options.selection.maxWrites
    guards.maxPercent = options.selection.maxPercent
    guards.confirmed = options.execution.yes
    return guards
  }
}
