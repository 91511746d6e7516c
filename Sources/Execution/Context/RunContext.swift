import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

/// What surrounds a run.
package struct RunContext: Sendable {
  package var mode: RunMode
  package var output: any Output
  package var terminal: any Terminal
  package var disk: any Disk
  package var sources: SourceMap
  package var format: ResultFormat
  package var style: TextStyle
  /// The terminal's columns; `nil` is no limit.
  package var width: Int?
  /// What a chart is drawn with.
  package var glyphs = Glyphs.blocks
  package var guards = Guards()
  package var execution = ExecutionPolicy()
  package var pushesDown = true
  package var events: any EventSink = NoEvents()
  /// The workspace's address, named before every write.
  package var serverURL = ""
  /// Lists the workspace as it is now, wherever the rows of the run come from.
  package var workspaceReader: (any ConnectionReader)?
  /// `true` once the run should send no further call.
  package var isInterrupted: @Sendable () -> Bool = { false }
  /// Told when the first write is about to leave, and when the last has been answered.
  package var setWriting: @Sendable (Bool) -> Void = { _ in }
  /// Seconds that pass, for the closing sentence.
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
