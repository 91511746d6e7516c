import Glibc

/// A port of 127.0.0.1 that refuses connections: it is bound while the tests run, but nobody
/// listens. If it were released, another program might get it.
package enum UnheardPort {
  package struct Problem: Error {}

  package static var url: String {
    get throws { "http://127.0.0.1:\(try number.get())" }
  }

  private static let number = Result { try reserve() }

  private static func reserve() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw Problem() }
    return UInt16(bigEndian: address.sin_port)
  }
}
