#if canImport(Glibc)
  import Glibc
#endif

/// The workspace's server: scheme, host and port, without `/api`.
///
/// A base URL may end in `/api`.
package struct ServerAddress: Hashable, Sendable {
  /// `https://www.workato.com`, without a trailing slash.
  package let base: String

  package static let standard = ServerAddress(base: "https://www.workato.com")

  private init(base: String) { self.base = base }

  /// The server on a host from the table of regions, which needs no checks.
  static func known(_ host: String) -> ServerAddress { ServerAddress(base: "https://\(host)") }

  /// The reason a text is rejected as an address.
  package enum Problem: Error, Hashable, Sendable {
    case malformed(String)
    case plaintext(String)
  }

  /// Throws if the text is not an http(s) URL, or uses http for a host that is not loopback.
  package init(_ text: String) throws(Problem) {
    guard let parts = Self.split(text) else { throw .malformed(text) }
    guard parts.scheme == "https" || Self.isLoopback(parts.authority) else {
      throw .plaintext(text)
    }
    base = "\(parts.scheme)://\(parts.authority)"
  }

  /// `true` iff calls are encrypted.
  package var isSecure: Bool { base.hasPrefix("https:") }

  /// `true` iff the server is on this machine.
  package var isLoopback: Bool { Self.isLoopback(authority) }

  /// The name or address without brackets and port.
  package var hostName: String { Self.unbracketed(Self.host(authority)) }

  /// `true` iff the host is an IPv6 address.
  package var isIPv6: Bool { authority.hasPrefix("[") }

  /// `host`, or `host:port`.
  package var authority: String {
    String(base[(base.firstRange(of: "://")?.upperBound ?? base.startIndex)...])
  }

  private static func split(_ text: String) -> (scheme: String, authority: String)? {
    guard let separator = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<separator.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let rest = text[separator.upperBound...]
    let authority = rest.prefix { $0 != "/" }
    let path = rest[authority.endIndex...]
    guard ["", "/", "/api", "/api/"].contains(path), isAuthority(authority.lowercased()) else {
      return nil
    }
    return (scheme, authority.lowercased())
  }

  static func isAuthority(_ text: String) -> Bool {
    let host = host(text)
    let isHost = host.hasPrefix("[") ? isBracketedAddress(host) : isName(host)
    return isHost && isPort(text.dropFirst(host.count))
  }

  /// `true` iff the text is an IPv6 address in brackets.
  private static func isBracketedAddress(_ host: String) -> Bool {
    // `inet_pton` would stop reading at a NUL.
    guard host.hasSuffix("]"), !host.utf8.contains(0) else { return false }
    var address = in6_addr()
    return inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1
  }

  /// `true` iff the text is a name of labels of 1 to 63 bytes, or an IPv4 address. Source: RFC 1123,
  /// 2.1; underscores are in use.
  private static func isName(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return host.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.utf8.allSatisfy(isInLabel)
      }
  }

  private static func isInLabel(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-_".utf8.contains(byte)
  }

  /// `true` iff the text is empty, or a colon and a port from 1 to 65535 in digits only.
  private static func isPort(_ text: Substring) -> Bool {
    if text.isEmpty { return true }
    let digits = text.dropFirst()
    return text.hasPrefix(":") && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && UInt16(digits).map { $0 > 0 } ?? false
  }

  /// The authority without its port.
  static func host(_ authority: String) -> String {
    guard authority.hasPrefix("["), let close = authority.firstIndex(of: "]") else {
      return String(authority.prefix { $0 != ":" })
    }
    return String(authority[...close])
  }

  static func unbracketed(_ host: String) -> String {
    host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
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
      "`\(Self.withoutUser(text))` is not a workspace address; use for example https://www.workato.com"
    case .plaintext(let text):
      "`\(Self.withoutUser(text))` would send the token unencrypted; use https://… (http is for loopback only)"
    }
  }

  /// The text with `***` in place of the user and password before its host.
  private static func withoutUser(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return text }
    let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
    return start < at ? text[..<start] + "***" + text[at...] : "***" + text[at...]
  }
}
