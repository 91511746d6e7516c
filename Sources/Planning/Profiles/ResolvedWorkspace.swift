import API
import Evaluation
import Language
import Text

/// Which workspace a run reaches, and with whose token: option beats environment beats profile.
///
/// A profile that `--profile` names is taken as a whole, with its own host and token. A profile's
/// token is sent to the profile's host and nowhere else.
package struct ResolvedWorkspace: Sendable {
  package let profile: WorkspaceProfile?
  package let server: ServerAddress
  /// What stands in the environment and has no say in this run, a line each.
  package let notes: [String]
  private let token: Token

  private enum Token: Sendable {
    /// A place, or the environment's variable where it is `nil`.
    case place(String?)
    /// The profile's token is not for the server that was chosen.
    case refused(RunError)
  }

  /// What the command line says.
  package struct Options: Sendable {
    package var profile: String?
    package var host: String?
    package var tokenPlace: String?
    /// An embedded workspace has its own host and token.
    package var isSimulated = false

    package init() {}
  }

  package static let tokenVariable = "WORKATO_API_TOKEN"
  package static let hostVariable = "WORKATO_HOST"
  package static let profileVariable = "WORKATO_PROFILE"

  /// Throws with exit 2 for a profile that does not exist, or a host that contradicts it.
  package init(
    _ options: Options, environment: [String: String], configuration: Configuration
  ) throws(RunError) {
    profile = try Self.profile(options, environment, configuration)
    if options.isSimulated {
      (server, token, notes) = (try Self.address("http://127.0.0.1"), .place(nil), [])
    } else if options.profile != nil, let profile {
      server = try Self.server(of: profile, options)
      token = .place(options.tokenPlace ?? profile.token?.description)
      notes = Self.notes(profile, options, environment)
    } else {
      let host = options.host ?? environment[Self.hostVariable]
      server = try host.map(Self.address) ?? profile?.server ?? .standard
      token = Self.token(options, environment, profile, server)
      notes = []
    }
  }

  /// The profile and the host, as they are named before every write.
  package var title: String {
    (profile.map { $0.guards.title + ", " } ?? "Workspace ") + server.base
  }

  /// The place of the token, as `--token-from` takes it; `nil` is the environment's variable.
  /// Throws where only the profile has a token, and the server is not the profile's.
  package func tokenPlace() throws(RunError) -> String? {
    switch token {
    case .place(let place): return place
    case .refused(let error): throw error
    }
  }

  // MARK: Parts

  /// The profile that is used where neither option names another: that of the environment or the
  /// `default`. A simulated workspace has only the one that it is asked to rehearse.
  package static func standard(_ environment: [String: String], _ configuration: Configuration)
    throws(RunError) -> WorkspaceProfile?
  {
    if let name = environment[profileVariable], !name.isEmpty {
      return try configuration.profile(name, from: profileVariable)
    }
    return try configuration.standard.map { name throws(RunError) in
      try configuration.profile(name, from: "default")
    }
  }

  private static func profile(
    _ options: Options, _ environment: [String: String], _ configuration: Configuration
  ) throws(RunError) -> WorkspaceProfile? {
    if let name = options.profile { return try configuration.profile(name, from: "--profile") }
    return options.isSimulated ? nil : try standard(environment, configuration)
  }

  private static func address(_ text: String) throws(RunError) -> ServerAddress {
    do { return try ServerAddress(text) } catch { throw RunError(.usage, error.description) }
  }

  private static func server(of profile: WorkspaceProfile, _ options: Options) throws(RunError)
    -> ServerAddress
  {
    guard let host = options.host, try address(host) != profile.server else {
      return profile.server
    }
    throw RunError(
      .usage, "--host \(host) is not the host of the profile `\(profile.name)`",
      help: "it is \(profile.server.base); leave out --host, or --profile")
  }

  private static func token(
    _ options: Options, _ environment: [String: String], _ profile: WorkspaceProfile?,
    _ server: ServerAddress
  ) -> Token {
    if let place = options.tokenPlace { return .place(place) }
    guard environment[tokenVariable] == nil, let profile, let own = profile.token else {
      return .place(nil)
    }
    if profile.server == server { return .place(own.description) }
    return .refused(
      RunError(
        .usage, "the token of the profile `\(profile.name)` is for \(profile.server.base) only",
        help: "\(options.host == nil ? hostVariable : "--host") names \(server.base): "
          + "leave it out, or set \(tokenVariable) to a token of that workspace"))
  }

  private static func notes(
    _ profile: WorkspaceProfile, _ options: Options, _ environment: [String: String]
  ) -> [String] {
    var notes: [String] = []
    let name = profile.name.escapingHiddenCharacters()
    if let host = environment[hostVariable], (try? ServerAddress(host)) != profile.server {
      notes.append(
        "note: \(hostVariable) is not used: the profile `\(name)` has its own host")
    }
    let isOther = profile.token.map { $0.source != .environment(tokenVariable) } ?? false
    if environment[tokenVariable] != nil, isOther, options.tokenPlace == nil {
      notes.append(
        "note: \(tokenVariable) is not used: the profile `\(name)` has its own token")
    }
    return notes
  }
}
