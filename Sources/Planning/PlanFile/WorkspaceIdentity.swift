/// Identifies the workspace that a plan is for; a plan can't be applied anywhere else.
package struct WorkspaceIdentity: Sendable, Equatable {
  /// The base address, such as `https://www.workato.com`, or `simulator`.
  package let host: String
  /// Identifies the token without revealing it; `simulator` for a simulated workspace.
  package let fingerprint: String
  /// The name of the profile, if one was used.
  package let profile: String?

  /// Returns the identity of a simulated workspace; `profile` is the one it stands in for.
  package static func simulator(profile: String?) -> WorkspaceIdentity {
    WorkspaceIdentity(host: "simulator", fingerprint: "simulator", profile: profile)
  }

  package init(host: String, fingerprint: String, profile: String?) {
    self.host = host
    self.fingerprint = fingerprint
    self.profile = profile
  }
}

extension WorkspaceIdentity: JSONRecord {
  package static let format = RecordFormat(
    Self.init, RecordMember("host", \.host), RecordMember("token_fingerprint", \.fingerprint),
    RecordMember("profile", \.profile))
}
