extension Array {
  /// The first three in words, and how many there are more.
  package func briefly(_ words: (Element) -> String) -> String {
    let rest = count > 3 ? " and \(count - 3) more" : ""
    return prefix(3).map(words).joined(separator: ", ") + rest
  }
}
