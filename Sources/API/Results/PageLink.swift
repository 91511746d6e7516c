import Text

/// A link from one page of a list to the next.
package enum PageLink: Hashable, Sendable {
  /// The target of the request for the next page, from `/api` on.
  case target(String)
  /// There is a next page, but it isn't asked for, for this reason.
  case refused(String)
}

extension PageLink {
  /// Returns `nil` if the answer links to no next page. Only pages of `server` below the path of the list
  /// are asked for. Source: RFC 8288 (`rel="next"`), RFC 3986, 5.2 (relative references).
  init?(in answer: Answer, from server: ServerAddress) {
    guard let reference = LinkHeader.next(in: answer.headers) else { return nil }
    let text = reference.prefix { $0 != "#" }
    guard !text.isEmpty, text.utf8.allSatisfy(Self.isInURI) else {
      self = .refused("the link to its next page is invalid")
      return
    }
    let (origin, path) = Self.split(text, server)
    if let origin, origin.withoutDefaultPort != server.base.withoutDefaultPort {
      self = .refused("its next page is on another host (\(origin.withoutUser))")
    } else if !Self.isBelowList(path) {
      self = .refused("the link to its next page doesn't lead to a list of connections")
    } else {
      self = .target(path)
    }
  }

  /// Splits a reference into scheme and authority, if it has them, and an absolute path with the query.
  private static func split(_ text: Substring, _ server: ServerAddress) -> (
    origin: String?, path: String
  ) {
    if let separator = text.firstRange(of: "://"),
      text[..<separator.lowerBound].allSatisfy({ $0.isLetter })
    {
      let authority = text[separator.upperBound...].prefix { !"/?".contains($0) }
      let origin = text[..<authority.endIndex].lowercased()
      return (origin, String(text[authority.endIndex...]))
    }
    if text.hasPrefix("//") {
      let authority = text.dropFirst(2).prefix { !"/?".contains($0) }
      let scheme = server.isSecure ? "https://" : "http://"
      return (scheme + authority.lowercased(), String(text[authority.endIndex...]))
    }
    if text.hasPrefix("/") { return (nil, String(text)) }
    return (nil, (text.hasPrefix("?") ? Request.path : "/api/") + text)
  }

  /// `true` iff the path is that of the list or below it, without anything that a server could resolve
  /// to another one.
  private static func isBelowList(_ target: String) -> Bool {
    let path = target.prefix { $0 != "?" }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    return (path == Request.path || path.hasPrefix(Request.path + "/"))
      && !path.contains("%") && !segments.contains { ["", ".", ".."].contains($0) }
  }

  /// Source: RFC 3986, 2.
  private static func isInURI(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !"\"<>\\^`{|}".utf8.contains(byte)
  }
}

extension String {
  fileprivate var withoutDefaultPort: String {
    if hasPrefix("https:"), hasSuffix(":443") { return String(dropLast(4)) }
    return hasPrefix("http:") && hasSuffix(":80") ? String(dropLast(3)) : self
  }

  /// The origin without a user and a password.
  fileprivate var withoutUser: String {
    let host = split(separator: "@").last ?? ""
    return contains("@") ? String(host) : self
  }
}
