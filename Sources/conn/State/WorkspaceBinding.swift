import API
import ConnectionsClient
import Execution
import Planning

/// The workspace that a run belongs to.
struct WorkspaceBinding: Sendable {
  var store: any RunStore
  var host: String
  let identity: WorkspaceIdentity
  let token: APIToken
  /// As `--token-from` takes it; `nil` is the environment's variable.
  let tokenPlace: String?

  /// An embedded simulator is another one each time: nothing is kept of it.
  init(
    _ address: ServerAddress, _ token: APIToken, profile: String?, tokenPlace: String?,
    isSimulated: Bool
  ) {
    store = isSimulated ? EphemeralRunStore() : SystemRunStore()
    host = address.base
    self.token = token
    identity =
      isSimulated
      ? .simulator(profile: profile)
      : WorkspaceIdentity(server: address, token: token, profile: profile)
    self.tokenPlace = tokenPlace
  }
}
