extension Int {
  /// Returns the number with its noun, as in `1 write` and `3 writes`. Pass the plural if it takes
  /// more than an s.
  package func counted(_ noun: String, _ plural: String? = nil) -> String {
    "\(self) \(agreeing(noun, plural ?? noun + "s"))"
  }

  /// Returns the form of a word that agrees with the number: `singular` for 1, otherwise `plural`.
  package func agreeing(_ singular: String, _ plural: String) -> String {
    self == 1 ? singular : plural
  }
}
