extension Array {
  /// Joins the first three elements with commas and adds the number of the others:
  /// `a, b, c and 4 more`.
  package func briefly(_ describe: (Element) -> String) -> String {
    let rest = count > 3 ? " and \(count - 3) more" : ""
    return prefix(3).map(describe).joined(separator: ", ") + rest
  }
}
