/// The connections that a create in doubt can't have made: those that existed before the run's first
/// create, and those that its other creates made.
package struct KnownIDs: Hashable, Sendable {
  var ids: Set<Int64>
  /// The reason why the list before the first create may be incomplete; `nil` if it is complete.
  /// Otherwise a connection that isn't known may all the same have existed then.
  let doubt: String?

  init(_ ids: [Int64], doubt: String? = nil) {
    self.ids = Set(ids)
    self.doubt = doubt
  }
}
