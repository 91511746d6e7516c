/// Reads a long text in parts at the same time.
///
/// Whether a part begins where a row does shows only when the part before it has been read: what looks
/// like the start of a row may be inside a string. So a part begins at a guess, and is read until the
/// start of another part, or to the end. The first part and those that follow from it, each from where
/// the one before it ended, are what reading in one go comes to; the others are dropped.
package enum TextParts {
  /// The number of parts in which to read a text of that many bytes.
  package static func count(forBytes count: Int) -> Int {
    Parallel.parts(of: count, least: 1 << 20)
  }

  /// Returns where up to `count` parts of a range begin. `guess` returns the first place from an offset
  /// on where a row may begin; `nil` if there is none.
  package static func starts(_ count: Int, in range: Range<Int>, _ guess: (Int) -> Int?) -> [Int] {
    let guesses = (1..<max(count, 1)).compactMap {
      guess(range.lowerBound + range.count * $0 / count)
    }
    return guesses.reduce(into: [range.lowerBound]) { starts, start in
      if let last = starts.last, start > last, start < range.upperBound { starts.append(start) }
    }
  }

  /// Returns the parts that follow from the first one. `read` is told where a part begins, and where
  /// others do behind it; it returns the part, and where it ended if another begins there.
  package static func read<Part: Sendable>(
    _ starts: [Int],
    _ read: @Sendable (_ start: Int, _ others: ArraySlice<Int>) -> (part: Part, next: Int?)
  ) -> [Part] {
    let parts = Parallel.map(starts.count) { read(starts[$0], starts[($0 + 1)...]) }
    var following: [Part] = []
    var index: Int? = 0
    while let current = index {
      following.append(parts[current].part)
      index = parts[current].next.flatMap { starts.firstIndex(of: $0) }
    }
    return following
  }
}

/// Tells when a part comes to the start of another.
package struct PartEnd {
  private var starts: ArraySlice<Int>

  package init(_ starts: ArraySlice<Int>) { self.starts = starts }

  /// `true` iff another part begins here. Offsets must not get smaller from call to call.
  @inline(__always)
  package mutating func isReached(at offset: Int) -> Bool {
    while let start = starts.first, start <= offset {
      if start == offset { return true }
      starts.removeFirst()
    }
    return false
  }
}
