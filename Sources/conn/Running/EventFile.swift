import ConnectionsClient
import Evaluation
import Execution
import Glibc
import JSON
import LineEditing
import Synchronization

/// Writes the events of a run to the file of `--events`, or to stdout.
final class EventFile: EventSink {
  private let descriptor: Int32
  private let isOwn: Bool
  private let host: Host
  private let state = Mutex(State())
  private let start: Double

  private struct State {
    var hasFailed = false
    var hasSummary = false
    /// `true` once no more events are written.
    var isEnded = false
  }

  var hasFailed: Bool { state.withLock { $0.hasFailed } }

  /// Opens a file; `-` is stdout. Throws if the file can't be written.
  init(_ path: String, _ host: Host) throws(RunError) {
    self.host = host
    start = host.clock.uptime()
    isOwn = path != "-"
    if !isOwn {
      descriptor = host.output.output
    } else {
      let resolved = try Self.target(path, host)
      // If we opened a pipe for reading too, we would not notice that its reader is gone.
      let access = SystemFile.isPipe(resolved) ? O_WRONLY : O_RDWR
      descriptor = open(resolved, access | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard descriptor >= 0 else {
        throw RunError(
          .usage,
          errno == ENXIO
            ? "no process reads the pipe `\(path)`"
            : SystemFile.problem("cannot write", path).message)
      }
      try Self.clear(descriptor, path)
    }
    emit(.version)
  }

  /// Returns the absolute path. Throws if it leads through a link that others could have made. The
  /// links themselves are kept, because those of `/dev/fd` lead to no name.
  private static func target(_ path: String, _ host: Host) throws(RunError) -> String {
    let resolved = host.disk.resolved(path)
    do { _ = try FilePath.resolvingLinks(resolved) } catch {
      throw RunError(.usage, error.message)
    }
    return resolved
  }

  /// Empties a file of events. Throws for any other file: it is easy to name a script by mistake.
  private static func clear(_ descriptor: Int32, _ path: String) throws(RunError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0
    else { return }
    var start = [UInt8](repeating: 0, count: mark.utf8.count)
    guard pread(descriptor, &start, start.count, 0) == start.count, start.elementsEqual(mark.utf8)
    else {
      close(descriptor)
      throw RunError(.usage, "`\(path)` exists and is not an event file; choose another name")
    }
    _ = ftruncate(descriptor, 0)
  }

  /// The first bytes of every event file.
  private static let mark = #"{"type":"version","#

  deinit { if isOwn { close(descriptor) } }

  func emit(_ event: RunEvent) { state.withLock { write(event, &$0) } }

  /// Ends the events with a summary, unless they already have one. Later events are dropped: after
  /// an interruption, another thread may still be about to emit one.
  func end(with code: ExitCode) { state.withLock { end(with: code, &$0) } }

  /// Ends the events while another thread may be writing one: it gets half a second to finish, since
  /// it may also be waiting for a slow reader.
  private func endNow(with code: ExitCode) {
    for _ in 0..<50 {
      if state.withLockIfAvailable({ end(with: code, &$0) }) != nil { return }
      usleep(10_000)
    }
  }

  private func end(with code: ExitCode, _ state: inout State) {
    if !state.hasSummary { write(summary(code), &state) }
    state.isEnded = true
  }

  /// The summary of a run that ended before it had a report.
  private func summary(_ code: ExitCode) -> RunEvent {
    .summary(
      RunReport(), exit: code, after: RunError(code, ""), run: nil, sentence: nil,
      seconds: host.clock.uptime() - start)
  }

  /// Writes an event as one line. A failure is reported once; later events are dropped.
  private func write(_ event: RunEvent, _ state: inout State) {
    guard !state.hasFailed, !state.isEnded else { return }
    if event.kind == .summary { state.hasSummary = true }
    let line = event.line(at: host.clock.wallTime()) + "\n"
    if FileBytes.write(host.secrets.masking(Array(line.utf8)), to: descriptor) { return }
    let reason = String(cString: strerror(errno))
    state.hasFailed = true
    host.output.talk("error: cannot write the events: \(reason)")
  }

  /// Opens the sink that the options ask for. An interruption that ends the program ends the events
  /// too.
  static func sink(_ options: RunOptions, _ host: Host) throws(RunError) -> any EventSink {
    guard let path = options.pace.events else { return NoEvents() }
    let file = try EventFile(path, host)
    host.interruptions.beforeTheEnd { file.endNow(with: .interrupted) }
    return file
  }
}
