import Language

/// The four calls that change a connection.
package enum WriteKind: String, Sendable {
  case create, update, disconnect, delete

  /// What the summary says of those that were done.
  package var participle: String {
    switch self {
    case .create: "created"
    case .update: "updated"
    case .disconnect: "disconnected"
    case .delete: "deleted"
    }
  }

  /// Whether what was done can be undone, in words behind the name of the stage.
  private var undoing: String {
    switch self {
    case .create: "can be undone with `delete`"
    case .update: "can be undone: the values before are known"
    case .disconnect, .delete: "cannot be undone: the credentials are gone"
    }
  }

  /// The same for a call with this effect: it may carry credentials.
  package func undoing(_ effect: Effect) -> String {
    replacesCredentials(effect)
      ? "cannot be undone: the credentials before are not known" : undoing
  }

  package func canBeUndone(_ effect: Effect) -> Bool {
    (self == .create || self == .update) && !replacesCredentials(effect)
  }

  private func replacesCredentials(_ effect: Effect) -> Bool {
    self == .update && effect == .reauth
  }
}
