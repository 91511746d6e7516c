import JSON
import Text

/// The values of one field with the number of their occurrences, in byte order.
struct FieldValues: Sendable {
  private let entries: [Entry]
  /// The bytes of all values in lower case, one after the other. A search of them is fast because it
  /// reads memory in order.
  private let lowered: [UInt8]
  /// The offset of each value in `lowered`, and the end of the last one.
  private let starts: [Int]

  struct Entry: Sendable {
    let value: String
    let count: Int
  }

  /// The maximum length of a value in bytes. Longer ones are skipped, since nobody would pick one.
  static let maxBytes = 200

  init(_ values: some Sequence<String>) {
    var counts: [ByteText: Int] = [:]
    for value in values where value.utf8.count <= Self.maxBytes {
      counts[ByteText(text: value), default: 0] += 1
    }
    entries = counts.map { Entry(value: $0.key.text, count: $0.value) }
      .sorted { $0.value.utf8.lexicographicallyPrecedes($1.value.utf8) }
    lowered = entries.flatMap { $0.value.utf8.map(\.lowercasedASCII) }
    starts = entries.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.value.utf8.count) }
  }

  /// Returns at most `limit` values that start with `prefix`, most frequent first.
  func most(_ prefix: String, _ limit: Int) -> [Entry] {
    let found = most(range(of: Array(prefix.utf8)), limit)
    guard found.isEmpty, !prefix.isEmpty else { return found }
    let lowered = prefix.utf8.map(\.lowercasedASCII)
    return most(entries.indices.lazy.filter { hasPrefix(lowered, $0) }, limit)
  }

  /// Returns `true` iff a value starts with these lower-case bytes, ignoring ASCII letter case.
  private func hasPrefix(_ prefix: [UInt8], _ index: Int) -> Bool {
    let start = starts[index]
    return prefix.count <= starts[index + 1] - start
      && prefix.indices.allSatisfy { lowered[start + $0] == prefix[$0] }
  }

  /// Returns the indices of the entries that start with these bytes; they are contiguous.
  private func range(of prefix: [UInt8]) -> Range<Int> {
    let start = entries.partitioningIndex { !$0.value.utf8.lexicographicallyPrecedes(prefix) }
    let end = entries.partitioningIndex { entry in
      !entry.value.utf8.starts(with: prefix)
        && !entry.value.utf8.lexicographicallyPrecedes(prefix)
    }
    return start..<end
  }

  /// Returns the entries with the highest counts. One pass keeps the best so far in order; of equal
  /// counts, the earlier stays.
  private func most(_ indices: some Sequence<Int>, _ limit: Int) -> [Entry] {
    guard limit > 0 else { return [] }
    var best: [Int] = []
    for index in indices {
      let count = entries[index].count
      if best.count == limit {
        guard let last = best.last, count > entries[last].count else { continue }
        best.removeLast()
      }
      let rank = best.lastIndex { entries[$0].count >= count }.map { $0 + 1 } ?? 0
      best.insert(index, at: rank)
    }
    return best.map { entries[$0] }
  }
}

/// A text that compares by its bytes. Swift's own strings are equal if they are canonically
/// equivalent, but to the API they are different values.
private struct ByteText: Hashable {
  let text: String

  static func == (left: ByteText, right: ByteText) -> Bool {
    left.text.hasSameBytes(as: right.text)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
