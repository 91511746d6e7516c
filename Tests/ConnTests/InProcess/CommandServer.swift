import Foundation
import TestSupport

@testable import conn

/// Runs commands for lines of shell in the process of the tests. In such a line `conn` is a stub
/// (`Stub/conn.c`), which hands over what a host consists of and waits for the exit code.
enum CommandServer {
  /// The directory with the stub, for `PATH`, and the socket that it calls.
  struct Place: Sendable {
    let directory: URL
    let socket: String

    var variables: [String: String] {
      [
        "PATH": directory.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
        "CONN_SERVER": socket, "CONN_BINARY": Program.binary.path,
      ]
    }
  }

  static let place = Result { try start() }

  private static func start() throws -> Place {
    let directory = try Program.makeScratch()
    try Clang.compile("Stub/conn.c", to: directory.appending(path: "conn"))
    let place = Place(directory: directory, socket: directory.appending(path: "socket").path)
    let listener = try listen(at: place.socket)
    // The program ignores it too, so that a closed pipe is an error like any other.
    signal(SIGPIPE, SIG_IGN)
    Thread.detachNewThread { acceptAll(listener) }
    return place
  }

  private static func listen(at path: String) throws -> Int32 {
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isBound = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) == 0 }
    }
    guard isBound, Glibc.listen(listener, 128) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    return listener
  }

  private static func acceptAll(_ listener: Int32) {
    while true {
      let caller = accept(listener, nil, nil)
      _ = fcntl(caller, F_SETFD, FD_CLOEXEC)
      if caller >= 0 { Thread.detachNewThread { serve(caller) } }
    }
  }

  /// Runs the command of one caller on threads of its own, since it may block them. If the caller
  /// ends before the command, the command is cancelled.
  private static func serve(_ caller: Int32) {
    guard let call = CommandCall(from: caller) else {
      close(caller)
      return
    }
    let executor = ThreadExecutor()
    let task = Task(executorPreference: executor) {
      let code = await call.run()
      var bytes = code
      _ = write(caller, &bytes, MemoryLayout<Int32>.size)
      shutdown(caller, Int32(SHUT_RDWR))
    }
    var nothing: UInt8 = 0
    while read(caller, &nothing, 1) < 0, errno == EINTR {}
    task.cancel()
    let ended = DispatchSemaphore(value: 0)
    Task.detached {
      await task.value
      ended.signal()
    }
    ended.wait()
    executor.stop()
    close(caller)
  }
}
