/// The values of a field in the known rows.
package struct KnownFieldValues: Sendable {
  /// Returns `true` iff a row has the value.
  let contains: @Sendable (String) -> Bool
  /// Returns the number of times each value occurs. It is empty if the field was not loaded.
  let counts: @Sendable () -> [String: Int]

  package init(
    contains: @escaping @Sendable (String) -> Bool, counts: @escaping @Sendable () -> [String: Int]
  ) {
    self.contains = contains
    self.counts = counts
  }

  package init(_ counts: [String: Int]) {
    self.init(contains: { counts[$0] != nil }, counts: { counts })
  }
}
