import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

/// The environment of a run: mode, output, terminal, disk, guards and events.
package struct RunContext: Sendable {
  package var mode: RunMode
  package var output: any Output
  package var terminal: any Terminal
  package var disk: any Disk
  package var sources: SourceMap
  package var format: ResultFormat
  /// The format of the changes that a preview shows as data; `nil` for a table to read.
  package var changesFormat: ResultFormat?
  /// Receives the calls that are printed, if they don't go where the results go.
  package var callOutput: (any Output)?
  package var style: TextStyle
  package var width: Int?
  package var glyphs = Glyphs.blocks
  package var guards = Guards()
  package var execution = ExecutionPolicy()
  package var pushesDown = true
  /// `true` iff messages include what only matters when something is unexpected.
  package var showsDetails = false
  package var events: any EventSink = NoEvents()
  /// Shown before the first question of a run that can't be resumed if it is interrupted.
  package var warning: String?
  /// The workspace's address and the proxy on the way to it, shown before writes.
  package var serverURL = ""
  /// Lists the live workspace, whatever source the script reads from.
  package var workspaceReader: (any ConnectionReader)?
  /// Reads the tags of the workspace; `nil` in a dry run.
  package var tagReader: (any TagReader)?
  /// Estimates the duration of calls in seconds; `nil` if the rate isn't known.
  package var forecast: (@Sendable ([PlannedCall]) -> Double)?
  /// Returns `true` once the run should stop sending calls.
  package var isInterrupted: @Sendable () -> Bool = { false }
  /// Called with `true` before the first write, and with `false` after the last answer.
  package var setWriting: @Sendable (Bool) -> Void = { _ in }
  /// Monotonic seconds, for durations in the summary.
  package var uptime: @Sendable () -> Double

  package init(
    mode: RunMode, output: any Output, terminal: any Terminal, disk: any Disk,
    sources: SourceMap, format: ResultFormat, style: TextStyle = .plain, width: Int? = nil,
    uptime: @escaping @Sendable () -> Double
  ) {
    self.mode = mode
    self.output = output
    self.terminal = terminal
    self.disk = disk
    self.sources = sources
    self.format = format
    self.style = style
    self.width = width
    self.uptime = uptime
  }
}

extension RunContext {
  /// `Profile eu-prod (production), https://app.eu.workato.com`.
  package var workspace: String {
    (guards.profile.map { $0.title + ", " } ?? "Workspace ") + serverURL
  }
}
