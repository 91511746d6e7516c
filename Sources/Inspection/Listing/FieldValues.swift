import JSON

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
    let found = most(range(of: Array(prefix.utf8)), limit)
    guard found.isEmpty, !prefix.isEmpty else { return found }
    let lowered = prefix.utf8.map(\.lowercasedASCII)
    return most(entries.indices.lazy.filter { entries[$0].value.hasPrefix(lowered) }, limit)
  }

  /// The places of the entries that begin with the bytes: they stand side by side.
  private func range(of prefix: [UInt8]) -> Range<Int> {
    let start = entries.partitioningIndex { !$0.value.utf8.lexicographicallyPrecedes(prefix) }
    let end = entries.partitioningIndex { entry in
      !entry.value.utf8.starts(with: prefix)
        && !entry.value.utf8.lexicographicallyPrecedes(prefix)
    }
    return start..<end
  }

  /// One walk that keeps the best so far in order; of equal counts the earlier stays.
  private func most(_ places: some Sequence<Int>, _ limit: Int) -> [Entry] {
    guard limit > 0 else { return [] }
    var best: [Int] = []
    for place in places {
      let count = entries[place].count
      if best.count == limit {
        guard let last = best.last, count > entries[last].count else { continue }
        best.removeLast()
      }
      let rank = best.lastIndex { entries[$0].count >= count }.map { $0 + 1 } ?? 0
      best.insert(place, at: rank)
    }
    return best.map { entries[$0] }
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
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension Array {
  /// Returns the first place whose element satisfies the condition, as all behind it do.
  fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension String {
  /// `true` iff the text begins with these bytes in any ASCII letter case.
  fileprivate func hasPrefix(_ lowered: [UInt8]) -> Bool {
    var bytes = utf8.makeIterator()
    for byte in lowered where bytes.next()?.lowercasedASCII != byte { return false }
    return true
  }
}
