import Language

/// The four calls that change a connection.
package enum WriteKind: String, Sendable {
  case create, update, disconnect, delete

  /// The past participle for the run's summary, such as `created`.
  package var participle: String {
    switch self {
    case .create: "created"
    case .update: "updated"
    case .disconnect: "disconnected"
    case .delete: "deleted"
    }
  }

  /// Words that follow the name of the stage and say whether its effect can be undone.
  private var undoing: String {
    switch self {
    case .create: "can be undone with `delete`"
    case .update: "can be undone: the previous values are known"
    case .disconnect, .delete: "cannot be undone: the credentials are gone"
    }
  }

  /// Returns these words for a call with this effect. An update that sends credentials can't be
  /// undone.
  package func undoing(_ effect: Effect) -> String {
    replacesCredentials(effect)
      ? "cannot be undone: the previous credentials are not known" : undoing
  }

  package func canBeUndone(_ effect: Effect) -> Bool {
    (self == .create || self == .update) && !replacesCredentials(effect)
  }

  private func replacesCredentials(_ effect: Effect) -> Bool {
    self == .update && effect == .reauth
  }
}
