/// The encoding of a body, as `Content-Encoding` names it. Source: RFC 9110, 8.4.1.
enum ContentCoding: Hashable {
  case identity
  /// gzip or zlib; the body says which.
  case deflated
  /// The server's own words.
  case unsupported(String)

  /// The header's values, one for each part that a comma separates.
  init(_ values: [Substring]) {
    let names = values.map { $0.lowercased() }.filter { !["", "identity"].contains($0) }
    switch names {
    case []: self = .identity
    case ["gzip"], ["x-gzip"], ["deflate"]: self = .deflated
    default: self = .unsupported(names.joined(separator: ", "))
    }
  }

  /// The encoding, if conn can't decode it.
  var unknown: String? { if case .unsupported(let name) = self { name } else { nil } }
}
