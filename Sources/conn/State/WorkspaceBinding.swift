import API
import ConnectionsClient
import Execution
import Planning

/// Identifies the workspace that a run belongs to, and the store for its runs.
struct WorkspaceBinding: Sendable {
  var store: any RunStore
  var host: String
  let identity: WorkspaceIdentity
  let token: APIToken
  /// The token's source in the format of `--token-from`; `nil` means the environment variable.
  let tokenSource: String?

  init(
    _ address: ServerAddress, _ token: APIToken, profile: String?, tokenSource: String?,
    store: any RunStore, isSimulated: Bool
  ) {
    self.store = store
    host = address.base
    self.token = token
    identity =
      isSimulated
      ? .simulator(profile: profile)
      : WorkspaceIdentity(
        host: address.base, fingerprint: token.fingerprint, profile: profile)
    self.tokenSource = tokenSource
  }
}
