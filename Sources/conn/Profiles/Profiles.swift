import API
import Evaluation
import JSON
import Language
import Planning

/// The profiles for `conn profile` and `:profile`.
struct Profiles {
  let configuration: Configuration
  /// The profile of a run that names none.
  let active: WorkspaceProfile?

  /// Loads the profiles. Throws if the configuration can't be used.
  static func load(_ host: Host) throws -> Profiles {
    let configuration = try ConfigurationFile.load(host)
    return Profiles(
      configuration: configuration,
      active: try ResolvedWorkspace.standard(host.environment, configuration))
  }

  func printNone(_ host: Host) {
    let path = ConfigurationFile.path(host.environment) ?? "$XDG_CONFIG_HOME/conn/config.conn"
    host.output.talk("There are no profiles yet; define them in \(path).")
  }

  func named(_ name: String?) throws(RunError) -> WorkspaceProfile {
    if let name { return try configuration.profile(name, from: "conn profile") }
    if let active { return active }
    throw RunError(
      .usage, "no profile is active",
      help: "name one, or set \(ResolvedWorkspace.profileVariable) or `default`")
  }

  // MARK: The list

  var rows: RowSet {
    let columns = ["name", "host", "guards", "use"].map { Schema.Column($0, .string) }
    return RowSet(
      Schema(columns, areConnections: false),
      configuration.profiles.map { profile in
        let cells = [profile.name, profile.server.base, profile.guardWords, use(of: profile)]
        return Row(values: cells.map { .string($0) })
      })
  }

  private func use(of profile: WorkspaceProfile) -> String {
    [isDefault(profile) ? "default" : nil, isActive(profile) ? "active" : nil]
      .compactMap { $0 }.joined(separator: ", ")
  }

  private func isDefault(_ profile: WorkspaceProfile) -> Bool {
    profile.name == configuration.standard
  }

  private func isActive(_ profile: WorkspaceProfile) -> Bool { profile.name == active?.name }

  var objects: [JSON] {
    configuration.profiles.map { profile in
      .object(
        JSON.Object([
          ("name", .string(profile.name)), ("host", .string(profile.server.base)),
          ("region", profile.region.map(JSON.string) ?? .null),
          ("token", profile.token.map { .string($0.description) } ?? .null),
          ("proxy", profile.proxy.map { .string($0.text) } ?? .null),
          ("ca_file", profile.certificatePath.map(JSON.string) ?? .null),
          ("production", .bool(profile.guards.isProduction)),
          ("read_only", .bool(profile.guards.isReadOnly)),
          ("protect", profile.guards.protection.map { .string($0.text) } ?? .null),
          ("max_writes", profile.guards.maxWrites.map { .int(Int64($0)) } ?? .null),
          ("max_percent", profile.guards.maxPercent.map { .int(Int64($0)) } ?? .null),
          ("rate", profile.rate.map { .int(Int64($0)) } ?? .null),
          ("output", profile.output.map { .string($0.rawValue) } ?? .null),
          ("default", .bool(isDefault(profile))), ("active", .bool(isActive(profile))),
        ]))
    }
  }
}

extension WorkspaceProfile {
  /// The guards in a few words, such as `production, protect, max_writes 500`.
  fileprivate var guardWords: String {
    [
      guards.isProduction ? "production" : nil, guards.isReadOnly ? "read_only" : nil,
      guards.protection == nil ? nil : "protect", guards.maxWrites.map { "max_writes \($0)" },
      guards.maxPercent.map { "max_percent \($0)" },
    ].compactMap { $0 }.joined(separator: ", ")
  }
}
