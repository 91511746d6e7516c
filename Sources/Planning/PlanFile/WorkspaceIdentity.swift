/// Which workspace a plan is for: a plan is carried out there and nowhere else.
package struct WorkspaceIdentity: Sendable, Equatable {
  /// `https://www.workato.com`, or `simulator`.
  package let host: String
  /// Tells tokens apart; `simulator` for a simulated workspace.
  package let fingerprint: String
  /// The name of the profile, where there is one.
  package let profile: String?

  /// A simulated workspace; the profile is the one that is rehearsed there.
  package static func simulator(profile: String?) -> WorkspaceIdentity {
    WorkspaceIdentity(host: "simulator", fingerprint: "simulator", profile: profile)
  }

  package init(host: String, fingerprint: String, profile: String?) {
    self.host = host
    self.fingerprint = fingerprint
    self.profile = profile
  }
}
