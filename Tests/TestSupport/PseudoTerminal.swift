import Foundation
import Synchronization

/// Runs a program on a pseudo-terminal: sends it keys, and reads what it shows.
package final class PseudoTerminal: Sendable {
  private let primary: Int32
  private let child: pid_t
  private let received = Mutex<[UInt8]>([])
  private let shown = Mutex(Screen())

  /// The screen as a user sees it.
  package var seen: Screen { shown.withLock { $0 } }

  /// Starts the program with a terminal as its controlling terminal.
  package init(
    _ arguments: [String], environment: [String: String], program: String? = nil, rows: Int = 24,
    columns: Int = 80
  ) throws {
    primary = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: Int32 = 0
    guard ioctl(primary, Linux.setLock, &lock) == 0, ioctl(primary, Linux.number, &number) == 0
    else { throw POSIXError(.ENXIO) }
    Self.setSize(primary, rows: rows, columns: columns)
    child = try Self.spawn(
      [program ?? Program.binary.path] + arguments, environment, "/dev/pts/\(number)")
    shown.withLock { $0 = Screen(rows: rows, columns: columns) }
  }

  /// Constants whose macros Swift can't import. Source: Linux, asm-generic/ioctls.h; glibc,
  /// spawn.h.
  private enum Linux {
    static let setLock: UInt = 0x4004_5431
    static let number: UInt = 0x8004_5430
    static let setSize: UInt = 0x5414
    static let newSession: Int16 = 0x80
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], _ terminal: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, terminal, O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Linux.newSession)
    let values = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in values + variables { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, arguments[0], &actions, &attributes, values, variables)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
    return pid
  }

  deinit {
    kill(child, SIGKILL)
    close(primary)
  }

  package func type(_ keys: String) { type(bytes: Array(keys.utf8)) }

  /// Sends bytes, and reads the output meanwhile so that neither side blocks the other.
  package func type(bytes: [UInt8]) {
    for part in stride(from: 0, to: bytes.count, by: 512) {
      let piece = Array(bytes[part..<min(part + 512, bytes.count)])
      _ = piece.withUnsafeBytes { write(primary, $0.baseAddress, $0.count) }
      if bytes.count > 512 { _ = readMore() }
    }
  }

  /// Resizes the terminal, which notifies the program.
  package func resize(rows: Int, columns: Int) {
    Self.setSize(primary, rows: rows, columns: columns)
    shown.withLock { $0.resize(rows: rows, columns: columns) }
  }

  private static func setSize(_ terminal: Int32, rows: Int, columns: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, Linux.setSize, &size)
  }

  /// The modes of the terminal.
  package var modes: termios {
    var modes = termios()
    tcgetattr(primary, &modes)
    return modes
  }

  /// Reads until the screen is as wanted; returns `false` if that takes too long.
  package func waitToSee(seconds: Double = 15, _ isWanted: (Screen) -> Bool) -> Bool {
    let deadline = Date().addingTimeInterval(seconds)
    while Date() < deadline {
      if isWanted(seen) { return true }
      guard readMore(until: deadline) else { return isWanted(seen) }
    }
    return false
  }

  package func signal(_ number: Int32) { kill(child, number) }

  /// Everything received since the start, or since the last text that was waited for.
  package var screen: String { received.withLock { String(decoding: $0, as: UTF8.self) } }

  /// Reads until `text` arrives, drops everything up to its end, and returns what came before it;
  /// `nil` after `seconds`.
  @discardableResult
  package func wait(for text: String, seconds: Double = 30) -> String? {
    let deadline = Date().addingTimeInterval(seconds)
    while Date() < deadline {
      if let found = consume(text) { return found }
      guard readMore(until: deadline) else { return consume(text) }
    }
    return nil
  }

  private func consume(_ text: String) -> String? {
    received.withLock { bytes in
      let shown = String(decoding: bytes, as: UTF8.self)
      guard let range = shown.range(of: text) else { return nil }
      bytes = Array(shown[range.upperBound...].utf8)
      return String(shown[..<range.upperBound])
    }
  }

  /// Reads what there is, or waits for it a little. Returns `false` once the program has closed the
  /// terminal.
  private func readMore(until deadline: Date = .distantFuture) -> Bool {
    var ready = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
    let wait = min(200, max(0, deadline.timeIntervalSinceNow * 1000).rounded(.up))
    guard poll(&ready, 1, Int32(wait)) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(primary, &buffer, buffer.count)
    guard count > 0 else { return false }
    received.withLock { $0 += buffer[..<count] }
    shown.withLock { $0.feed(buffer[..<count]) }
    return true
  }

  /// Waits for the program to end and returns its exit code; `nil` after 30 s.
  package func exitCode() -> Int32? {
    let deadline = Date().addingTimeInterval(30)
    var status: Int32 = 0
    while Date() < deadline {
      _ = readMore()
      if waitpid(child, &status, WNOHANG) == child { return (status >> 8) & 0xFF }
    }
    return nil
  }
}
