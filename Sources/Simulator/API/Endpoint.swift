/// The endpoints: the five of the API's page, and two for tags.
package enum Endpoint: String, CaseIterable, Sendable {
  case list
  case create
  case update
  case disconnect
  case delete
  /// `GET /api/tags`
  case tags
  /// `POST /api/tags_assignments`
  case tag

  /// The limit that its calls count on.
  var budget: Budget {
    switch self {
    case .list: .list
    case .create, .update, .disconnect, .delete: .others
    case .tags, .tag: .tags
    }
  }
}
