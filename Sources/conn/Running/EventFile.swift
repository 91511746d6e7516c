import ConnectionsClient
import Evaluation
import Execution
import Glibc
import JSON
import LineEditing
import Synchronization

/// The stream of `--events`: a file, or stdout.
final class EventFile: EventSink {
  private let descriptor: Int32
  private let state = Mutex(State())
  private let start = SystemTimekeeper().uptime()

  private struct State {
    var hasFailed = false
    var hasSummary = false
    /// Nothing is told any more.
    var isEnded = false
  }

  var hasFailed: Bool { state.withLock { $0.hasFailed } }

  /// `-` is stdout. Throws where the file cannot be written.
  init(_ path: String) throws(RunError) {
    if path == "-" {
      descriptor = STDOUT_FILENO
    } else {
      // A pipe that is opened for reading as well would not tell that its reader has gone.
      let access = SystemFile.isPipe(path) ? O_WRONLY : O_RDWR
      descriptor = open(path, access | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard descriptor >= 0 else {
        throw RunError(
          .usage,
          errno == ENXIO
            ? "nobody reads `\(path)`" : SystemFile.problem("cannot write", path).message)
      }
      try Self.clear(descriptor, path)
    }
    emit(RunEvent(.version, [("format", .string(RunEvent.format))]))
  }

  /// Empties a stream of events, and no other file: a script is soon named in its place.
  private static func clear(_ descriptor: Int32, _ path: String) throws(RunError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0
    else { return }
    var start = [UInt8](repeating: 0, count: mark.utf8.count)
    guard pread(descriptor, &start, start.count, 0) == start.count, start.elementsEqual(mark.utf8)
    else {
      close(descriptor)
      throw RunError(.usage, "`\(path)` is there, and holds no events: name another file")
    }
    _ = ftruncate(descriptor, 0)
  }

  /// How every stream begins.
  private static let mark = #"{"type":"version","#

  deinit { if descriptor != STDOUT_FILENO { close(descriptor) } }

  func emit(_ event: RunEvent) { state.withLock { write(event, &$0) } }

  /// An interruption may come while another thread is about to say something.
  func end(with code: ExitCode) { state.withLock { end(with: code, &$0) } }

  /// The same, at once: nobody is waited for who does not read.
  private func endNow(with code: ExitCode) {
    _ = state.withLockIfAvailable { end(with: code, &$0) }
  }

  private func end(with code: ExitCode, _ state: inout State) {
    if !state.hasSummary { write(summary(code), &state) }
    state.isEnded = true
  }

  /// What is said of a run that has not come so far as to have a report.
  private func summary(_ code: ExitCode) -> RunEvent {
    .summary(
      RunReport(), exit: code, after: RunError(code, ""), run: nil, sentence: nil,
      seconds: SystemTimekeeper().uptime() - start)
  }

  /// Whole lines, in the order in which they come. What cannot be written is missed, and said once.
  private func write(_ event: RunEvent, _ state: inout State) {
    guard !state.hasFailed, !state.isEnded else { return }
    if event.kind == .summary { state.hasSummary = true }
    let line = event.line(at: Clock.wallTime()) + "\n"
    if FileBytes.write(Array(line.utf8), to: descriptor) { return }
    let reason = String(cString: strerror(errno))
    state.hasFailed = true
    StandardOutput.shared.talk("error: cannot write the events: \(reason)")
  }

  /// Opens what the options ask for. An interruption that ends the program ends the events.
  static func sink(_ options: RunOptions) throws(RunError) -> any EventSink {
    guard let path = options.execution.events else { return NoEvents() }
    let file = try EventFile(path)
    Interruption.beforeTheEnd { file.endNow(with: .interrupted) }
    return file
  }
}
