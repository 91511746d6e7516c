import Engine
import Glibc

/// Another program that has the terminal for a while. It does not inherit the token.
enum Child {
  /// Waits for its end; returns `false` where it could not be run. `input` is its stdin; without one
  /// it has the terminal's.
  @MainActor static func run(_ words: [String], input: String? = nil) -> Bool {
    TerminalModes.restore()
    defer { TerminalModes.hold() }
    var ends: [Int32] = [STDIN_FILENO, -1]
    if input != nil {
      guard pipe(&ends) == 0 else { return false }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    guard let child = spawn(words, stdin: ends[0]) else {
      if input != nil { ends.forEach { close($0) } }
      return false
    }
    if let input {
      close(ends[0])
      // A pager that is left early wants no more.
      _ = FileBytes.write(Array(input.utf8), to: ends[1])
      close(ends[1])
    }
    return hasSucceeded(child)
  }

  private static func spawn(_ words: [String], stdin: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stdin, STDIN_FILENO)
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

  private static var environment: [String: String] {
    ProcessEnvironment.read().filter { $0.key != WorkspaceChoice.tokenVariable }
  }

  /// A shell that finds no such program ends with 127.
  private static func hasSucceeded(_ child: pid_t) -> Bool {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { if errno != EINTR { return false } }
    return (status >> 8) & 0xFF != 127
  }
}
