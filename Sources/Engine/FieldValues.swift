import ConnectionsClient

/// The values of one field with their numbers, in the order of their bytes.
struct FieldValues: Sendable {
  private let entries: [Entry]

  struct Entry: Sendable {
    let value: String
    let count: Int
  }

  /// Longer values are left out: nobody picks one of them.
  static let mostBytes = 200

  init(_ values: some Sequence<String>) {
    var counts: [ByteText: Int] = [:]
    for value in values where value.utf8.count <= Self.mostBytes {
      counts[ByteText(text: value), default: 0] += 1
    }
    entries = counts.map { Entry(value: $0.key.text, count: $0.value) }
      .sorted { $0.value.utf8.lexicographicallyPrecedes($1.value.utf8) }
  }

  /// Returns the most frequent values that begin with `prefix`, at most `limit`.
  func most(_ prefix: String, _ limit: Int) -> [Entry] {
    let bytes = Array(prefix.utf8)
    let found = Self.most(entries[range(of: bytes)], limit)
    guard found.isEmpty, !bytes.isEmpty else { return found }
    let lowered = bytes.map(\.lowercasedASCII)
    return Self.most(entries.filter { $0.value.utf8.startsIgnoringCase(lowered) }, limit)
  }

  /// The entries that begin with the bytes: they stand side by side.
  private func range(of prefix: [UInt8]) -> Range<Int> {
    let start = firstIndex { !$0.utf8.lexicographicallyPrecedes(prefix) }
    let end = firstIndex { value in
      !value.utf8.starts(with: prefix) && !value.utf8.lexicographicallyPrecedes(prefix)
    }
    return start..<max(start, end)
  }

  /// Returns the place of the first value that satisfies the condition; all behind it do too.
  private func firstIndex(where condition: (String) -> Bool) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if condition(entries[middle].value) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// One walk that keeps the best so far in order; of equal counts the earlier stays.
  private static func most(_ entries: some Sequence<Entry>, _ limit: Int) -> [Entry] {
    var best: [Entry] = []
    for entry in entries {
      if best.count >= limit {
        guard let last = best.last, entry.count > last.count else { continue }
        best.removeLast()
      }
      let place = best.lastIndex { $0.count >= entry.count }.map { $0 + 1 } ?? 0
      best.insert(entry, at: place)
    }
    return best
  }
}

/// A text that is the same as another iff its bytes are: Swift's own strings are taken for equal
/// where they are canonically equivalent.
private struct ByteText: Hashable {
  let text: String

  static func == (left: ByteText, right: ByteText) -> Bool {
    left.text.hasSameBytes(as: right.text)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension String.UTF8View {
  fileprivate func startsIgnoringCase(_ lowered: [UInt8]) -> Bool {
    count >= lowered.count && zip(self, lowered).allSatisfy { $0.lowercasedASCII == $1 }
  }
}
