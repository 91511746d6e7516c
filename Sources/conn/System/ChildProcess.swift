import CSpawn
import Glibc
import LineEditing
import Planning

/// Runs other programs, with the environment that the caller gives them.
enum ChildProcess {
  /// The end of a program that had no terminal.
  struct Result {
    let exitCode: Int32
    let output: [UInt8]
  }

  /// The reason why a program without a terminal has no result.
  enum Failure: Error {
    case notStarted
    case tooLong
    case tooMuch
    case cancelled
  }

  /// The time after which a program without a terminal is killed.
  static let timeLimit = Duration.seconds(30)

  /// Runs a program without input and returns what it prints on stdout. Kills it, and throws, if it
  /// prints more than `limit` bytes, runs longer than `time`, or the task is cancelled.
  static func result(
    of words: [String], environment: [String: String], in directory: String,
    limit: Int = outputLimit, within time: Duration = timeLimit
  ) async throws(Failure) -> Result {
    guard let ends = makePipe() else { throw .notStarted }
    defer { close(ends.reading) }
    _ = fcntl(ends.reading, F_SETFL, O_NONBLOCK)
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    let streams = [nothing, ends.writing, nothing]
    let child = spawn(words, streams: streams, environment: environment, in: directory)
    close(nothing)
    close(ends.writing)
    guard let child else { throw .notStarted }
    return try await result(of: child, output: ends.reading, limit, until: .now + time)
  }

  private static let outputLimit = 1 << 16

  /// Only its end is waited for: it may have started another program that keeps the pipe open.
  private static func result(
    of child: pid_t, output: Int32, _ limit: Int, until deadline: ContinuousClock.Instant
  ) async throws(Failure) -> Result {
    var bytes: [UInt8] = []
    // A pipe holds 64 KiB, so one read takes all that is left when the program has ended.
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var status: Int32 = 0
    var failure: Failure?
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      let count = read(output, &buffer, buffer.count)
      if count > 0 { bytes += buffer[..<count] }
      if bytes.count > limit { failure = .tooMuch }
      if ended == 0, deadline < .now { failure = failure ?? .tooLong }
      if Task.isCancelled { failure = failure ?? .cancelled }
      if ended != 0 {
        if let failure { throw failure }
        guard ended > 0 else { throw .notStarted }
        return Result(exitCode: exitCode(status), output: bytes)
      }
      if failure != nil { kill(child, SIGKILL) }
      try? await Task.sleep(for: .microseconds(pause))
    }
  }

  /// Runs a program that takes over the terminal. Returns its exit code, or `nil` if it couldn't be
  /// run. `input` is its stdin; without one it reads from the terminal. `output` is its stdout.
  @MainActor static func run(
    _ words: [String], input: String? = nil, output: Int32 = STDOUT_FILENO,
    environment: [String: String]
  ) -> Int32? {
    let wereHeld = TerminalModes.restore()
    // Ctrl-C and Ctrl-\ are for the child now.
    let handlers = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
    defer {
      if wereHeld { TerminalModes.hold() }
      for (number, handler) in handlers { signal(number, handler) }
    }
    guard let input else {
      return spawn(words, streams: [], environment: environment).flatMap(exitCode(of:))
    }
    guard let ends = makePipe() else { return nil }
    let child = spawn(words, streams: [ends.reading, output], environment: environment)
    close(ends.reading)
    // This fails, harmlessly, if the user quits a pager early.
    if child != nil { _ = FileBytes.write(input, to: ends.writing) }
    close(ends.writing)
    return child.flatMap(exitCode(of:))
  }

  /// Makes a pipe that children don't inherit.
  private static func makePipe() -> (reading: Int32, writing: Int32)? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Starts a program with the given descriptors as stdin, stdout and stderr, as far as they go.
  private static func spawn(
    _ words: [String], streams: [Int32], environment: [String: String],
    in directory: String? = nil
  ) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
    }
    if let directory { posix_spawn_file_actions_addchdir_np(&actions, directory) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    return posix_spawnp(&child, words[0], &actions, &attributes, arguments, variables) == 0
      ? child : nil
  }

  private static let pause: UInt32 = 5_000

  /// Waits for the child; `nil` for 127, with which a shell reports a missing program. If this
  /// program is told to end, so is the child.
  private static func exitCode(of child: pid_t) -> Int32? {
    var status: Int32 = 0
    var ended: pid_t = 0
    while ended == 0 {
      ended = waitpid(child, &status, WNOHANG)
      if ended < 0, errno != EINTR { return nil }
      if Interruption.isTermination { kill(child, SIGTERM) }
      if ended == 0 { usleep(pause) }
    }
    let code = exitCode(status)
    return code == 127 ? nil : code
  }

  /// Returns the exit code, or 128 and the number of the signal that ended the program, as a shell
  /// does.
  private static func exitCode(_ status: Int32) -> Int32 {
    status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }
}

extension ChildProcess.Failure {
  /// The reason, to follow the program's name.
  var description: String {
    switch self {
    case .notStarted: "can't be run"
    case .tooLong: "took longer than \(ChildProcess.timeLimit.components.seconds) s and was stopped"
    case .tooMuch: "printed more than 64 KiB and was stopped"
    case .cancelled: "was stopped"
    }
  }
}
