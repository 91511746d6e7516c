/// The rows that the source of a pipeline returned.
package struct Listing: Sendable {
  package let set: RowSet
  /// `true` iff the server was asked for only some of them.
  package let isNarrowed: Bool

  package init(_ set: RowSet, isNarrowed: Bool = false) {
    self.set = set
    self.isNarrowed = isNarrowed
  }
}
