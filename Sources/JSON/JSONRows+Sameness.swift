import Glibc

/// Values that are written with the same bytes are the same; others may still be equal.
extension JSONRows {
  /// `true` iff two values are written with the same bytes, without blanks and escapes.
  package func hasSameText(at place: JSONPlace, as other: JSONRows, at otherPlace: JSONPlace)
    -> Bool
  {
    hasSameText(from: (place, place), as: other, from: (otherPlace, otherPlace))
  }

  /// `true` iff two rows have the same names, and are written with the same bytes from their first
  /// values to the last.
  package func hasSameText(_ row: Int, as other: JSONRows, _ otherRow: Int) -> Bool {
    let (names, otherNames) = (written(row), other.written(otherRow))
    guard names.count > 0, names.bytes.span.hasSameBytes(as: otherNames.bytes) else { return false }
    let last = names.count - 1
    return hasSameText(
      from: (place(0, of: row), place(last, of: row)), as: other,
      from: (other.place(0, of: otherRow), other.place(last, of: otherRow)))
  }

  private typealias Places = (first: JSONPlace, last: JSONPlace)

  private func hasSameText(from own: Places, as other: JSONRows, from others: Places) -> Bool {
    guard let range = range(own), let otherRange = other.range(others),
      range.count == otherRange.count
    else { return false }
    return bytes.withUnsafeBufferPointer { text in
      other.bytes.withUnsafeBufferPointer { otherText in
        guard let text = text.baseAddress, let otherText = otherText.baseAddress else {
          return false
        }
        return memcmp(text + range.lowerBound, otherText + otherRange.lowerBound, range.count) == 0
      }
    }
  }

  /// The bytes from the first value to the end of the last.
  private func range(_ places: Places) -> Range<Int>? {
    bytes.withUnsafeBufferPointer { text in
      let last = places.last.offset
      return JSONBuilder(text, at: last).endOfWritten(at: last).map { places.first.offset..<$0 }
    }
  }
}
