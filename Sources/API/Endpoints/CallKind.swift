/// The kinds of calls that the table of reactions distinguishes.
package enum CallKind: Hashable, Sendable, CaseIterable {
  case list, create, update
  /// An update with `input`: each attempt tests the credentials.
  case updateInput
  case disconnect, delete
}
