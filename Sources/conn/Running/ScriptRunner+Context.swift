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
    let isTerminal = host.output.showsToTerminal
    let (clock, interruptions) = (host.clock, host.interruptions)
    var context = RunContext(
      mode: access.mode, output: output, terminal: host.terminal, disk: host.dataDisk,
      sources: sources,
      format: options.execution.output ?? profile?.output ?? (isTerminal ? .table : .jsonl),
      style: host.outputStyle, width: host.width, uptime: clock.uptime)
    context.changesFormat = (options.execution.output ?? profile?.output).flatMap {
      $0 == .table ? nil : $0
    }
    // What is pasted into a shell must not contain text from the API.
    if options.mode.calls == .curl {
      context.callOutput = output
      context.output = MessageOutput(output)
    }
    context.glyphs = Glyphs(environment: host.environment)
    context.serverURL = access.title
    context.workspaceReader = access.workspaceReader
    context.tagReader = access.tagReader
    context.guards = guards
    context.execution.failures.stopsAtFirst = options.execution.onError == .stop
    context.execution.failures.limit = options.execution.maxFailures
    context.execution.deadline = options.pace.seconds.map { clock.uptime() + $0 }
    context.events = events
    context.guards.profile = profile?.guards
    if let pacer = access.pacer {
      context.forecast = { pacer.forecast($0.map(\.call.kind)) }
    }
    context.pushesDown = !options.selection.noPush
    context.showsDetails = options.talk.verbose
    context.isInterrupted = { interruptions.isRequested }
    let idle = interruptions.phase
    context.setWriting = { interruptions.enter($0 ? .writing : idle) }
    return context
  }

  private var guards: Guards {
    var guards = Guards()
    guards.expected = options.selection.expect
    guards.maxWrites = options.selection.maxWrites
    guards.maxPercent = options.selection.maxPercent
    guards.failsOnEmpty = options.selection.failOnEmpty
    guards.confirmed = options.execution.yes
    return guards
  }
}
