// `map` and `filter` lose the type of a thrown error; these keep it.

extension Sequence {
  package func keeping<E: Error>(_ condition: (Element) throws(E) -> Bool) throws(E) -> [Element] {
    var kept: [Element] = []
    for element in self where try condition(element) { kept.append(element) }
    return kept
  }

  package func mapping<T, E: Error>(_ transform: (Element) throws(E) -> T) throws(E) -> [T] {
    var values: [T] = []
    values.reserveCapacity(underestimatedCount)
    for element in self { values.append(try transform(element)) }
    return values
  }
}
