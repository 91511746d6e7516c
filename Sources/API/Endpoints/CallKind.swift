/// The kinds of calls that the table of reactions distinguishes. A list of tags counts as a list.
package enum CallKind: Hashable, Sendable, CaseIterable {
  case list, create, update
  /// An update with `input`: each attempt tests the credentials.
  case updateInput
  case disconnect, delete
  /// Sets or removes tags of many connections.
  case tag

  /// A resource of the workspace beside its connections. Each has a privilege and a limit of its own.
  package enum Resource: String, Sendable {
    case tags
  }

  /// The resource that the call is for; `nil` for connections.
  package var resource: Resource? { self == .tag ? .tags : nil }
}
