import Glibc

/// Reads and writes bytes through a file descriptor, undisturbed by signals.
enum FileBytes {
  /// Writes all bytes; returns `false`, with `errno` set, if that fails. A pipe whose reader takes
  /// nothing for 60 s counts as closed.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      if written < 0, errno == EAGAIN, isReady(descriptor, POLLOUT, 60_000) { continue }
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }

  private static func isReady(_ descriptor: Int32, _ event: Int32, _ patience: Int32) -> Bool {
    var descriptors = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    let ready = poll(&descriptors, 1, patience)
    if ready == 0 { errno = ETIMEDOUT }
    return ready > 0 || (ready < 0 && errno == EINTR)
  }

  /// Reads to the end; `nil` on an error. If there are more than `limit` bytes, it stops early and
  /// returns a little more than `limit`. `patience` is the longest wait, in milliseconds, for the
  /// next bytes.
  static func read(_ descriptor: Int32, limit: Int = .max, patience: Int32 = -1) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      guard isReady(descriptor, POLLIN, patience) else { return nil }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
