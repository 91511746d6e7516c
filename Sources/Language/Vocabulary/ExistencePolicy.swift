/// What `create` does if the connection exists already.
package enum ExistencePolicy: String, CaseIterable, Hashable, Sendable {
  /// The run is refused before its first write.
  case refuse
  /// Nothing is sent, and the connection stays as it is.
  case keep
  /// Another one is made.
  case ignore

  /// The words after `create`.
  package var words: String {
    switch self {
    case .refuse: ""
    case .keep: "unless exists"
    case .ignore: "always"
    }
  }
}
