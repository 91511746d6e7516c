import Glibc
import Synchronization

/// The standard input, read as a whole or by lines.
final class StandardInput: Sendable {
  let descriptor: Int32
  private let state = Mutex(State())

  private struct State {
    /// Bytes that were read beyond the last line.
    var rest: [UInt8] = []
    var isAtEnd = false
  }

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Reads to the end, or a little more than `limit` bytes; `nil`, with `errno` set, on an error.
  func bytes(limit: Int) -> [UInt8]? { FileBytes.read(descriptor, limit: limit) }

  /// Drops what was typed but not read yet, on a terminal.
  func discardTyped() { tcflush(descriptor, TCIFLUSH) }

  /// Returns the next line without its end, or `nil` at the end of the input.
  func line() -> String? {
    state.withLock { state in
      while !state.rest.contains(Self.newline), !state.isAtEnd { more(&state) }
      guard !state.rest.isEmpty else { return nil }
      let end = state.rest.firstIndex(of: Self.newline) ?? state.rest.endIndex
      var line = state.rest[..<end]
      if end < state.rest.endIndex, line.last == UInt8(ascii: "\r") { line.removeLast() }
      state.rest.removeFirst(min(end + 1, state.rest.count))
      return String(decoding: line, as: UTF8.self)
    }
  }

  private static let newline = UInt8(ascii: "\n")

  private func more(_ state: inout State) {
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    let count = read(descriptor, &buffer, buffer.count)
    if count < 0, errno == EINTR { return }
    if count <= 0 { return state.isAtEnd = true }
    state.rest += buffer[..<count]
  }
}
