import Evaluation
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
    /// The rows that were read, so that they are read once.
    var data: [UInt8]?
    /// `true` iff the input was read as a script.
    var heldScript = false
  }

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Reads a script to the end, or a little more than `limit` bytes; `nil`, with `errno` set, on an
  /// error.
  func script(limit: Int) -> [UInt8]? {
    state.withLock { $0.heldScript = true }
    return FileBytes.read(descriptor, limit: limit)
  }

  /// Reads rows to the end, once. Throws if nobody can have sent any.
  func data() throws(DiskError) -> [UInt8] {
    let (known, heldScript) = state.withLock { ($0.data, $0.heldScript) }
    if let known { return known }
    if heldScript { throw DiskError("stdin holds the script, so it can't hold rows") }
    if isTerminal { throw DiskError("stdin is a terminal; redirect a file into it") }
    guard let bytes = FileBytes.read(descriptor, limit: SystemDisk.limit) else {
      throw SystemFile.problem("cannot read", "stdin")
    }
    guard bytes.count <= SystemDisk.limit else {
      throw DiskError("stdin is larger than \(SystemDisk.limit >> 20) MiB")
    }
    state.withLock { $0.data = bytes }
    return bytes
  }

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
