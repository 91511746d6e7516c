import Language

/// The four calls that change a connection.
enum WriteKind: String, Sendable {
  case create, update, disconnect, delete

  /// What the summary says of those that were done.
  var participle: String {
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
  func undoing(_ effect: Effect) -> String {
    replacesCredentials(effect)
      ? "cannot be undone: the credentials before are not known" : undoing
  }

  func canBeUndone(_ effect: Effect) -> Bool {
    (self == .create || self == .update) && !replacesCredentials(effect)
  }

  private func replacesCredentials(_ effect: Effect) -> Bool {
    self == .update && effect == .reauth
  }
}

/// The words with which a confirmation names the stages that write.
enum Verbs {
  static let update: @Sendable (CheckedStage.Arguments) -> String = { arguments in
    guard case .assignments(let assignments) = arguments else { return "Update" }
    return "Update " + Words.listed(assignments.map { "`\($0.field.name)`" }) + " of"
  }

  static let disconnect: @Sendable (CheckedStage.Arguments) -> String = { arguments in
    if case .flags(let flags) = arguments, flags.contains("force") {
      "Force-disconnect"
    } else {
      "Disconnect"
    }
  }
}
