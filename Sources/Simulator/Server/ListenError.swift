import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The simulator can't listen on the requested port.
package struct ListenError: Error, Hashable, CustomStringConvertible {
  package let port: Int
  package let reason: String

  init(noPort port: Int) {
    self.port = port
    reason = "ports range from 0 to 65535"
  }

  init(port: Int, _ error: any Error) {
    self.port = port
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE: reason = "the port is in use"
    case EACCES: reason = "the port needs privileges"
    default: reason = "\(error)"
    }
  }

  package var description: String { "can't listen on 127.0.0.1:\(port): \(reason)" }
}
