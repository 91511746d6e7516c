import API

extension CallKind {
  /// The budget that a call of this kind counts on.
  package var budget: RateLimiter.Kind {
    switch self {
    case .list: .list
    case .tag: .related
    case .create, .update, .updateInput, .disconnect, .delete: .other
    }
  }
}
