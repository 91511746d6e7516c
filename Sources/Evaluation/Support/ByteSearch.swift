/// Finds a pattern in bytes, in time proportional to both: a partial match is continued, not tried
/// again from its second byte (Knuth, Morris and Pratt, "Fast Pattern Matching in Strings", 1977).
struct ByteSearch {
  private let pattern: [UInt8]
  /// For each length of a partial match, the length of the longest shorter one that ends with it.
  private let fallbacks: [Int]

  /// `pattern` must not be empty.
  init(_ pattern: [UInt8]) {
    var fallbacks = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for index in pattern.indices.dropFirst() {
      while length > 0, pattern[index] != pattern[length] { length = fallbacks[length - 1] }
      if pattern[index] == pattern[length] { length += 1 }
      fallbacks[index] = length
    }
    self.pattern = pattern
    self.fallbacks = fallbacks
  }

  /// Returns the offset behind the first occurrence that starts at `start` or later.
  func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    var length = 0
    for index in start..<bytes.count {
      while length > 0, bytes[index] != pattern[length] { length = fallbacks[length - 1] }
      if bytes[index] == pattern[length] { length += 1 }
      if length == pattern.count { return index + 1 }
    }
    return nil
  }
}

extension String {
  /// Returns `true` iff the string contains the bytes of `part`.
  func hasBytes(of part: String) -> Bool {
    if part.isEmpty { return true }
    let search = ByteSearch(Array(part.utf8))
    return withContiguousBytes { search.end(in: $0) != nil }
  }

  /// Returns the ranges of bytes between the occurrences of a separator that isn't empty: one more
  /// than there are occurrences, which are found from the start.
  func ranges(between separator: String) -> [Range<Int>] {
    let search = ByteSearch(Array(separator.utf8))
    return withContiguousBytes { bytes in
      var (ranges, start) = ([Range<Int>](), 0)
      while let end = search.end(in: bytes, from: start) {
        ranges.append(start..<(end - separator.utf8.count))
        start = end
      }
      return ranges + [start..<bytes.count]
    }
  }

  private func withContiguousBytes<T>(_ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
  }
}
