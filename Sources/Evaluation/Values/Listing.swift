/// The rows that the source of a pipeline gave.
package struct Listing: Sendable {
  package let set: RowSet
  /// `true` iff the server was asked for some of them only.
  package let isNarrowed: Bool

  package init(_ set: RowSet, isNarrowed: Bool = false) {
    self.set = set
    self.isNarrowed = isNarrowed
  }
}
