/// The rows that the source of a pipeline returned.
package struct Listing: Sendable {
  package let set: RowSet
  /// `true` iff the server was asked for only some of them.
  package let isNarrowed: Bool
  /// Every connection of the workspace, if the pipeline looks its rows up.
  package var workspace: RowSet?

  package init(_ set: RowSet, isNarrowed: Bool = false) {
    self.set = set
    self.isNarrowed = isNarrowed
  }
}
