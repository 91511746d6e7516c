import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The port on which the simulator was to listen is not to be had.
package struct ListenError: Error, Hashable, CustomStringConvertible {
  package let port: Int
  package let reason: String

  init(noPort port: Int) {
    self.port = port
    reason = "ports go from 0 to 65535"
  }

  init(port: Int, _ error: any Error) {
    self.port = port
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE: reason = "the port is in use"
    case EACCES: reason = "the port needs privileges"
    default: reason = "\(error)"
    }
  }

  package var description: String { "cannot listen on 127.0.0.1:\(port): \(reason)" }
}
