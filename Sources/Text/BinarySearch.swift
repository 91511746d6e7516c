extension Array {
  /// Returns the first index whose element satisfies `condition`, by binary search. The elements
  /// that satisfy it must all come after those that don't.
  @inlinable package func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
