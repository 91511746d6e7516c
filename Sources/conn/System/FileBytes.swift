import Glibc

/// Reads and writes bytes through a file descriptor, undisturbed by signals.
enum FileBytes {
  /// Writes all bytes; returns `false`, with `errno` set, if that fails. A pipe whose reader takes
  /// nothing for 60 s counts as closed.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { write($0, to: descriptor) }
  }

  /// Writes a text; see ``write(_:to:)``.
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = Glibc.write(
        descriptor, bytes.baseAddress.map { $0 + rest.startIndex }, rest.count)
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
    var bytes = start(of: descriptor, min(size(of: descriptor), limit))
    let isComplete = chunks(descriptor, patience) { chunk in
      bytes += chunk
      return bytes.count <= limit
    }
    return isComplete ? bytes : nil
  }

  /// Reads up to `size` bytes of a regular file straight into their place. It stops at an error, which
  /// comes back at the next read.
  private static func start(of descriptor: Int32, _ size: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      guard let place = buffer.baseAddress else { return }
      preferLargePages(for: buffer)
      while count < size {
        let new = Glibc.read(descriptor, place + count, size - count)
        if new < 0, errno == EINTR { continue }
        guard new > 0 else { return }
        count += new
      }
    }
  }

  /// Asks the system to back a buffer with large pages: a file of many megabytes is then read with far
  /// fewer page faults.
  private static func preferLargePages(for buffer: UnsafeMutableBufferPointer<UInt8>) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    guard buffer.count > 16 << 20, let start = buffer.baseAddress else { return }
    let place = UnsafeMutableRawPointer(start).alignedUp(toMultipleOf: page)
    madvise(place, buffer.count - page, MADV_HUGEPAGE)
  }

  /// `true` iff these bytes are all that can be read; `nil` on an error.
  static func areSame(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool? {
    guard size(of: descriptor) == bytes.count else { return false }
    var (rest, isSame) = (bytes[...], true)
    let isComplete = chunks(descriptor, -1) { chunk in
      isSame = chunk.count <= rest.count && rest.prefix(chunk.count).hasSameBytes(as: chunk)
      rest = rest.dropFirst(chunk.count)
      return isSame
    }
    return isComplete ? isSame && rest.isEmpty : nil
  }

  /// Calls `body` with the bytes as they are read, until it returns `false`. Returns `false` on an
  /// error.
  private static func chunks(
    _ descriptor: Int32, _ patience: Int32, _ body: (ArraySlice<UInt8>) -> Bool
  ) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      guard isReady(descriptor, POLLIN, patience) else { return false }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return false }
      if count == 0 || !body(buffer[..<count]) { return true }
    }
  }

  /// The size of a regular file; 0 for anything else.
  private static func size(of descriptor: Int32) -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      ? Int(status.st_size) : 0
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSameBytes(as other: Self) -> Bool {
    withUnsafeBytes { own in
      other.withUnsafeBytes { other in
        guard own.count == other.count, let first = own.baseAddress, let second = other.baseAddress
        else { return own.count == other.count }
        return memcmp(first, second, own.count) == 0
      }
    }
  }
}

extension FileBytes {
  /// `true` iff bytes, or the end, can be read; waits for them if `wait`.
  static func hasInput(_ descriptor: Int32, wait: Bool) -> Bool {
    var descriptors = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&descriptors, 1, wait ? -1 : 0) > 0
  }

  /// Returns the bytes that have arrived; `nil` at the end, or on an error.
  static func readSome(_ descriptor: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      return count > 0 ? Array(buffer[..<count]) : nil
    }
  }
}
