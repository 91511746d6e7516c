import API
import Evaluation
import Foundation
import LineEditing
import Synchronization

@testable import conn

/// A command as the stub hands it over: arguments, environment, directory and streams.
final class CommandCall: Sendable {
  private let arguments: [String]
  private let environment: [String: String]
  private let directory: String
  private let streams: [Int32]

  /// Reads a call; `nil` if it is incomplete.
  init?(from caller: Int32) {
    guard let (size, streams) = Self.receive(caller) else { return nil }
    self.streams = streams
    guard let words = Self.words(caller, Int(size)), words.count > 1, let count = Int(words[1])
    else { return nil }
    directory = words[0]
    arguments = Array(words[2..<(2 + count)])
    let entries = words[(2 + count)...].map { entry in
      let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
    environment = Dictionary(entries) { $1 }
  }

  deinit { for stream in streams { close(stream) } }

  func run() async -> Int32 { await Conn.run(arguments, on: host).rawValue }

  private var host: conn.Host {
    var host = conn.Host(
      environment: environment, workingDirectory: directory, input: StandardInput(streams[0]),
      output: StandardOutput(output: streams[1], errors: streams[2], isDumb: true),
      clock: SystemClock(), interruptions: NoInterruptions())
    if let ports = environment["CONN_SHIM_PORT"]?.split(separator: ":"), ports.count == 2 {
      host.network.route = { server in
        let other = server.base.replacing(":\(ports[0])", with: ":\(ports[1])")
        return (try? ServerAddress(other)) ?? server
      }
    }
    return host
  }

  // MARK: Reading

  /// Receives the size of the message, and the streams.
  private static func receive(_ caller: Int32) -> (UInt32, [Int32])? {
    var size: UInt32 = 0
    let space = 64
    var control = [UInt8](repeating: 0, count: space)
    let count = withUnsafeMutableBytes(of: &size) { bytes in
      control.withUnsafeMutableBytes { control in
        var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
        return withUnsafeMutablePointer(to: &part) { part in
          var packet = msghdr()
          (packet.msg_iov, packet.msg_iovlen) = (part, 1)
          (packet.msg_control, packet.msg_controllen) = (control.baseAddress, space)
          return recvmsg(caller, &packet, Int32(MSG_CMSG_CLOEXEC))
        }
      }
    }
    guard count == MemoryLayout<UInt32>.size else { return nil }
    // The descriptors follow a header of two words of eight bytes. Source: Linux, cmsg(3).
    let header = MemoryLayout<cmsghdr>.size
    let streams = control.withUnsafeBytes { bytes in
      (0..<3).map { bytes.loadUnaligned(fromByteOffset: header + $0 * 4, as: Int32.self) }
    }
    return (size, streams)
  }

  /// Reads texts that end with NUL.
  private static func words(_ caller: Int32, _ size: Int) -> [String]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < size {
      let count = read(caller, &buffer, min(buffer.count, size - bytes.count))
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
    }
    return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

/// A user who never interrupts.
final class NoInterruptions: Interruptions {
  private let current = Mutex(Interruption.Phase.reading)

  var isRequested: Bool { false }
  var isTermination: Bool { false }
  var phase: Interruption.Phase { current.withLock { $0 } }

  func enter(_ phase: Interruption.Phase) -> Interruption.Phase {
    current.withLock { current in
      defer { current = phase }
      return current
    }
  }

  func beforeTheEnd(_ work: @escaping @Sendable () -> Void) {}
  func waitForInput() -> Bool { true }
}
