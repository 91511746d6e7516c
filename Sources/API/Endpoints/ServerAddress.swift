/// The workspace's server: scheme, host and port, without `/api`.
///
/// Base URLs are written with and without `/api`; both are accepted.
package struct ServerAddress: Hashable, Sendable {
  /// `https://www.workato.com`, without a slash at the end.
  package let base: String

  package static let standard = ServerAddress(base: "https://www.workato.com")

  private init(base: String) { self.base = base }

  /// The server of a host that is known to be right.
  static func known(_ host: String) -> ServerAddress { ServerAddress(base: "https://\(host)") }

  /// Why a text is not an address that may be called.
  package enum Problem: Error, Hashable, Sendable {
    case malformed(String)
    case plaintext(String)
  }

  /// Throws for what is no http URL, and for http to a host that is not loopback.
  package init(_ text: String) throws(Problem) {
    guard let parts = Self.split(text) else { throw .malformed(text) }
    guard parts.scheme == "https" || Self.isLoopback(parts.authority) else {
      throw .plaintext(text)
    }
    base = "\(parts.scheme)://\(parts.authority)"
  }

  /// `host`, or `host:port`.
  package var authority: String {
    String(base[(base.firstRange(of: "://")?.upperBound ?? base.startIndex)...])
  }

  private static func split(_ text: String) -> (scheme: String, authority: String)? {
    guard let separator = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<separator.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let rest = text[separator.upperBound...]
    let authority = rest.prefix { $0 != "/" }.lowercased()
    let path = rest.dropFirst(authority.count)
    guard ["", "/", "/api", "/api/"].contains(path), isAuthority(authority) else { return nil }
    return (scheme, authority)
  }

  private static func isAuthority(_ text: String) -> Bool {
    let host = host(text)
    let port = text.dropFirst(host.count)
    let isHost = host.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-.:[]_".utf8.contains(byte)
    }
    return !host.isEmpty && isHost && (port.isEmpty || UInt16(port.dropFirst()) != nil)
  }

  /// The authority without its port.
  private static func host(_ authority: String) -> String {
    guard authority.hasPrefix("["), let close = authority.firstIndex(of: "]") else {
      return String(authority.prefix { $0 != ":" })
    }
    return String(authority[...close])
  }

  private static func isLoopback(_ authority: String) -> Bool {
    let host = host(authority)
    if host == "[::1]" { return true }
    let octets = host.split(separator: ".", omittingEmptySubsequences: false)
    let isLoopbackRange =
      octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    return host == "localhost" || isLoopbackRange
  }
}

extension ServerAddress.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let text):
      "`\(text)` is not the address of a workspace; write for example https://www.workato.com"
    case .plaintext(let text):
      "`\(text)` would send the token in the clear; http is only for loopback, write https://…"
    }
  }
}
