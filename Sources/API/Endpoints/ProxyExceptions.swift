#if canImport(Glibc)
  import Glibc
#endif

/// The hosts that are reached without a proxy: names, which include their subdomains, and addresses
/// with or without a prefix length, such as `10.0.0.0/8`. `*` alone means all hosts.
///
/// Source: curl(1), `NO_PROXY`; curl 8, lib/noproxy.c.
package struct ProxyExceptions: Sendable {
  private let isForAll: Bool
  private let entries: [Substring]

  /// Reads entries that commas or blanks separate.
  package init(_ text: String) {
    isForAll = text == "*"
    entries = text.split { $0 == "," || $0 == " " || $0 == "\t" }
  }

  /// Returns `true` iff the host is one of them. `host` is a name or an address without brackets.
  package func cover(_ host: String) -> Bool {
    if isForAll { return true }
    if let address = NetworkAddress(host) { return entries.contains { covers($0, address) } }
    let name = Self.withoutFinalDot(host.lowercased()[...])
    return entries.contains { entry in
      let suffix = Self.withoutFinalDot(entry.lowercased().drop { $0 == "." })
      return !suffix.isEmpty && (name == suffix || name.hasSuffix("." + suffix))
    }
  }

  private static func withoutFinalDot(_ name: Substring) -> Substring {
    name.hasSuffix(".") ? name.dropLast() : name
  }

  private func covers(_ entry: Substring, _ address: NetworkAddress) -> Bool {
    let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
    guard let network = NetworkAddress(ServerAddress.unbracketed(String(parts[0]))) else {
      return false
    }
    if parts.count == 1 { return network.bytes == address.bytes }
    guard parts.count == 2, let length = UInt8(parts[1]) else { return false }
    return address.isIn(network, prefixLength: Int(length))
  }
}

/// An IPv4 or IPv6 address.
private struct NetworkAddress {
  /// 4 or 16 bytes.
  let bytes: [UInt8]

  /// Returns `nil` if the text is not an address.
  init?(_ text: String) {
    guard !text.utf8.contains(0) else { return nil }
    var (short, long) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, text, &short) == 1 {
      bytes = withUnsafeBytes(of: short) { Array($0) }
    } else if inet_pton(AF_INET6, text, &long) == 1 {
      bytes = withUnsafeBytes(of: long) { Array($0) }
    } else {
      return nil
    }
  }

  func isIn(_ network: NetworkAddress, prefixLength: Int) -> Bool {
    guard bytes.count == network.bytes.count, prefixLength <= bytes.count * 8 else { return false }
    return bytes.indices.allSatisfy { index in
      let bits = min(8, max(0, prefixLength - index * 8))
      return (bytes[index] ^ network.bytes[index]) >> (8 - bits) == 0
    }
  }
}
