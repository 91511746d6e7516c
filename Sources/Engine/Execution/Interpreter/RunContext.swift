import ConnectionsClient
import Language

/// What a run may do, and through which objects. In a dry run no object exists that could reach
/// the network; in a preview none that could write.
package enum RunMode: Sendable {
  case dryRun(CallPrinter, snapshot: SnapshotReader?)
  case preview(CallPrinter, any ConnectionReader)
  /// Like a preview; the writes are kept for a plan file.
  case planning(any ConnectionReader)
  case live(any ConnectionReader, any WriterSource)
}

extension RunMode {
  /// As the options and the events call it.
  package var name: String {
    switch self {
    case .dryRun: "dry-run"
    case .preview: "preview"
    case .planning: "plan"
    case .live: "live"
    }
  }
}

/// Makes the writer of a run, once the secrets that it will send have been read.
package protocol WriterSource: Sendable {
  func session(knowing secrets: Set<SecretReference>) async throws(RunError) -> WriteSession
  /// The seconds that so many writes take at least.
  func forecast(writes: Int) -> Double
  /// What a person types to confirm a grave change, such as `www.workato.com`.
  var hostName: String { get }
}

/// What writes are carried out with.
package struct WriteSession: Sendable {
  package let writer: any ConnectionWriter
  /// Reads the workspace that is written to, whatever the script reads.
  package let reader: any ConnectionReader
  package let pacer: Pacer
  package let clock: any Timekeeper
  package let serverClock: ServerClock

  package init(
    writer: any ConnectionWriter, reader: any ConnectionReader, pacer: Pacer,
    clock: any Timekeeper, serverClock: ServerClock = ServerClock()
  ) {
    self.writer = writer
    self.reader = reader
    self.pacer = pacer
    self.clock = clock
    self.serverClock = serverClock
  }
}

/// A workspace read from a file: every query is answered with all of it, and decided here.
package struct SnapshotReader: ConnectionReader {
  private let connections: [Connection]

  package init(_ connections: [Connection]) { self.connections = connections }

  package var isRemote: Bool { false }

  package func list(_ query: ListQuery) async throws(ClientError) -> [Connection] { connections }
}

/// Where results and words go.
package protocol Output: Sendable {
  /// Writes results to stdout.
  func data(_ text: String)
  /// Writes a line for a person to stderr.
  func talk(_ line: String)
  /// Shows a line on stderr that the next one replaces, and an empty one takes away; on a terminal
  /// only.
  func progress(_ line: String)
  /// `true` iff `progress` shows something.
  var showsProgress: Bool { get }
}

/// A person who can be asked.
package protocol Terminal: Sendable {
  /// `true` iff questions can be asked and answered.
  var isInteractive: Bool { get }
  /// Returns the answer, or `nil` where there is none.
  func ask(_ question: String) async -> String?
}

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
  package var prover: (any ConnectionReader)?
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

/// When a run gives up on rows that fail.
package struct FailurePolicy: Sendable {
  package var stopsAtFirst = false
  /// Failures in a row.
  package var limit = 10

  package init() {}
}
