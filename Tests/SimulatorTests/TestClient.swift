import FoundationEssentials
import Simulator

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One TCP connection to the simulator, over a plain socket.
///
/// Nothing waits longer than a minute, so that a server that does not answer fails the test.
final class TestClient {
  enum Failure: Error, Equatable {
    case noConnection
    /// The server sent RST.
    case reset
    /// The server ended the connection; the bytes came before it did.
    case ended([UInt8])
    case timeout
    case noHTTP([UInt8])
  }

  private let descriptor: Int32
  private var unread: [UInt8] = []

  init(_ server: SimulatedServer) throws {
    #if canImport(Glibc)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard descriptor >= 0, connect(to: server.port) else { throw Failure.noConnection }
  }

  deinit { close(descriptor) }

  private func connect(to port: Int) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
        #if canImport(Glibc)
          Glibc.connect(descriptor, rebound, size) == 0
        #else
          Darwin.connect(descriptor, rebound, size) == 0
        #endif
      }
    }
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    #if canImport(Glibc)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { sendBytes($0, flags) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private func sendBytes(_ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Int {
    #if canImport(Glibc)
      Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #else
      Darwin.send(descriptor, bytes.baseAddress, bytes.count, flags)
    #endif
  }

  /// `true` iff bytes, or the end of the connection, are there to be read now.
  var hasSomethingToRead: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return !unread.isEmpty || poll(&state, 1, 0) != 0
  }

  /// Reads one answer and leaves what follows it for the next.
  func receive(hasBody: Bool = true) throws -> TestAnswer {
    while true {
      if let (answer, rest) = TestAnswer.split(unread, hasBody: hasBody) {
        unread = rest
        return answer
      }
      try receiveMore()
    }
  }

  /// Reads to the end of the connection.
  func receiveAll() throws -> [UInt8] {
    do {
      while true { try receiveMore() }
    } catch Failure.ended(let bytes) {
      return bytes
    }
  }

  private func receiveMore() throws {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    if count < 0 { throw errno == ECONNRESET ? Failure.reset : Failure.timeout }
    if count == 0 { throw Failure.ended(unread) }
    unread += chunk.prefix(count)
  }
}

extension TestClient {
  /// Sends a request with the sample token, if no other is given, and reads its answer.
  @discardableResult
  func call(
    _ method: String, _ path: String, _ body: String? = nil, token: String? = "wrk-simulator"
  ) throws -> TestAnswer {
    send(Self.request(method, path, body, token: token))
    return try receive(hasBody: method != "HEAD")
  }

  static func request(
    _ method: String, _ path: String, _ body: String? = nil, token: String? = "wrk-simulator"
  ) -> String {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1"]
    if let token { lines.append("Authorization: Bearer \(token)") }
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    return (lines + ["", body ?? ""]).joined(separator: "\r\n")
  }
}
