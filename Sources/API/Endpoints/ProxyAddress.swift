#if canImport(Glibc)
  import Glibc
#endif

/// An HTTP proxy, which passes encrypted connections on (CONNECT). It sees the name of the server and
/// never the token.
package struct ProxyAddress: Hashable, Sendable {
  /// The name or address, without brackets.
  package let host: String
  package let port: Int
  /// The user and password for the proxy, which no message shows.
  package let credentials: Credentials?
  private let authority: String

  package struct Credentials: Hashable, Sendable {
    package let user: String
    package let password: String
  }

  /// The reason a text is rejected. It doesn't hold the text, which may contain a password.
  package enum Problem: Error, Hashable, Sendable {
    case malformed
    case scheme(String)
  }

  /// The port of a proxy whose address names none. Source: curl(1), `--proxy`.
  private static let standardPort = 1080

  /// Reads `[http://][user[:password]@]host[:port]`, as curl does.
  package init(_ text: String) throws(Problem) {
    let address = try Self.withoutScheme(text)
    let trimmed = address.hasSuffix("/") ? address.dropLast() : address
    let at = trimmed.lastIndex(of: "@")
    authority = trimmed[(at.map { trimmed.index(after: $0) } ?? trimmed.startIndex)...].lowercased()
    guard ServerAddress.isAuthority(authority) else { throw .malformed }
    let name = ServerAddress.host(authority)
    host = ServerAddress.unbracketed(name)
    port = Int(authority.dropFirst(name.count + 1)) ?? Self.standardPort
    credentials = try at.map { at throws(Problem) in try Credentials(trimmed[..<at]) }
  }

  private static func withoutScheme(_ text: String) throws(Problem) -> Substring {
    guard let separator = text.firstRange(of: "://") else { return text[...] }
    let scheme = text[..<separator.lowerBound].lowercased()
    guard scheme.utf8.allSatisfy(isInScheme) else { throw .malformed }
    guard scheme == "http" else { throw .scheme(scheme) }
    return text[separator.upperBound...]
  }

  private static func isInScheme(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
  }
}

extension ProxyAddress.Credentials {
  /// Reads `user:password`, percent-encoded.
  fileprivate init(_ text: Substring) throws(ProxyAddress.Problem) {
    let colon = text.firstIndex(of: ":") ?? text.endIndex
    guard let user = String(percentEncoded: text[..<colon]),
      let password = String(percentEncoded: text[colon...].dropFirst()),
      !user.utf8.contains(UInt8(ascii: ":"))
    else { throw .malformed }
    (self.user, self.password) = (user, password)
  }
}

extension ProxyAddress: CustomStringConvertible {
  /// The address without user and password.
  package var description: String { "http://\(authority)" }
}

extension ProxyAddress.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed: "not the address of a proxy; use for example http://proxy.example:3128"
    case .scheme(let scheme):
      "`\(scheme)` proxies are not supported; use for example http://proxy.example:3128"
    }
  }
}
