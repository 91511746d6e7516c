import API
import ConnectionsClient
import Planning

extension WorkspaceIdentity {
  package init(server: ServerAddress, token: APIToken, profile: String? = nil) {
    self.init(host: server.base, fingerprint: token.fingerprint, profile: profile)
  }
}
