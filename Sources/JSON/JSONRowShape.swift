import Glibc

extension JSONRowIndex {
  /// The layout of rows that have the same names in the same order.
  final class Shape: Sendable {
    let names: [String]
    /// The bytes of the names; Swift takes names that only look alike for equal.
    private let bytes: Pieces
    /// The index of each name by its bytes, if there are many.
    private let slots: [[UInt8]: Int]
    /// The bytes before each value as ``JSONWriter`` writes them.
    let written: Pieces

    init(_ names: [String]) {
      self.names = names
      bytes = Pieces(names.map { Array($0.utf8) })
      slots =
        names.count > 32
        ? Dictionary(uniqueKeysWithValues: zip(names.map { Array($0.utf8) }, names.indices)) : [:]
      written = Pieces(
        names.enumerated().map { slot, name in
          Array(((slot == 0 ? "{" : ",") + JSON.string(name).text + ":").utf8)
        })
    }

    func slot(of name: String) -> Int? {
      if !slots.isEmpty { return slots[Array(name.utf8)] }
      let wanted = name.utf8Span.span
      return wanted.withUnsafeBufferPointer { bytes.firstIndex(of: $0) }
    }
  }

  /// Short byte strings, stored one after the other.
  struct Pieces: Sendable {
    let bytes: [UInt8]
    private let ends: [Int]

    init(_ pieces: [[UInt8]]) {
      bytes = pieces.flatMap { $0 }
      ends = pieces.reduce(into: [0]) { ends, piece in ends.append((ends.last ?? 0) + piece.count) }
    }

    var count: Int { ends.count - 1 }

    func range(_ index: Int) -> Range<Int> { ends[index]..<ends[index + 1] }

    @inline(__always)
    func firstIndex(of piece: UnsafeBufferPointer<UInt8>) -> Int? {
      (0..<count).first { range($0).count == piece.count && isPiece($0, in: piece, at: 0) }
    }

    /// Returns `true` iff a text has a piece at `start`, where it must be long enough.
    @inline(__always)
    func isPiece(_ index: Int, in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
      let range = range(index)
      return bytes.withUnsafeBufferPointer { bytes in
        guard let piece = bytes.baseAddress, let other = text.baseAddress else { return true }
        return memcmp(piece + range.lowerBound, other + start, range.count) == 0
      }
    }

    func write(_ index: Int, _ writer: inout JSONWriter) {
      bytes.withUnsafeBufferPointer {
        writer.append(UnsafeBufferPointer(rebasing: $0[range(index)]))
      }
    }
  }
}
