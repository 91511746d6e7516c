import API
import Evaluation
import Language
import Text

/// The workspace that a run talks to, and the token it uses. Options override the environment,
/// which overrides the profile.
///
/// A profile chosen with `--profile` is used as a whole, with its own host and token. Otherwise a
/// `WORKATO_HOST` left over from another shell could redirect the run. A profile's token is sent to
/// the profile's host and nowhere else.
package struct ResolvedWorkspace: Sendable {
  package let profile: WorkspaceProfile?
  package let server: ServerAddress
  package let route: ServerRoute
  /// One line for each environment variable that is set but ignored in this run.
  package let notes: [String]
  private let token: Token

  private enum Token: Sendable {
    /// A place to read the token from; `nil` is the environment variable.
    case source(String?)
    /// The profile's token belongs to another server than the one that was chosen.
    case refused(RunError)
  }

  /// The options of the command line.
  package struct Options: Sendable {
    package var profile: String?
    package var host: String?
    package var tokenSource: String?
    /// `true` for an embedded simulator, which has its own host and token.
    package var isSimulated = false

    package init() {}
  }

  package static let tokenVariable = Scope.tokenVariable
  package static let hostVariable = "WORKATO_HOST"
  package static let profileVariable = "WORKATO_PROFILE"

  /// Throws with exit code 2 if the profile doesn't exist or the host contradicts it.
  package init(
    _ options: Options, environment: [String: String], configuration: Configuration
  ) throws(RunError) {
    let profile = try Self.profile(options, environment, configuration)
    if options.isSimulated {
      (server, token, notes) = (try Self.address("http://127.0.0.1"), .source(nil), [])
    } else if options.profile != nil, let profile {
      server = try Self.server(of: profile, options)
      token = .source(options.tokenSource ?? profile.token?.description)
      notes = Self.notes(profile, options, environment)
    } else {
      let host = options.host ?? environment[Self.hostVariable]
      server = try host.map(Self.address) ?? profile?.server ?? .standard
      token = Self.token(options, environment, profile, server)
      notes = []
    }
    try server.requireNoImitation(knownTo: configuration)
    self.profile = profile
    route = ServerRoute(to: server, profile: profile, environment: environment)
  }

  /// The profile, the host and the proxy, as shown before every write.
  package func title() throws(RunError) -> String {
    (profile.map { $0.guards.title + ", " } ?? "Workspace ")
      + ServerRoute.title(server, try route.proxy())
  }

  /// Returns the source of the token in the syntax of `--token-from`; `nil` is the environment
  /// variable. Throws if the only token belongs to a profile with a different host.
  package func tokenSource() throws(RunError) -> String? {
    switch token {
    case .source(let source): return source
    case .refused(let error): throw error
    }
  }

  // MARK: Parts

  /// Returns the profile that is used without `--profile`: that of `WORKATO_PROFILE`, or else the
  /// `default`. A simulated workspace uses a profile only if `--profile` names one.
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
      help: "the profile's host is \(profile.server.base); leave out --host or --profile")
  }

  private static func token(
    _ options: Options, _ environment: [String: String], _ profile: WorkspaceProfile?,
    _ server: ServerAddress
  ) -> Token {
    if let source = options.tokenSource { return .source(source) }
    guard environment[tokenVariable] == nil, let profile, let own = profile.token else {
      return .source(nil)
    }
    if profile.server == server { return .source(own.description) }
    return .refused(
      RunError(
        .usage, "the token of the profile `\(profile.name)` is for \(profile.server.base) only",
        help: "\(options.host == nil ? hostVariable : "--host") is \(server.base): "
          + "leave it out, or set \(tokenVariable) to a token for that workspace"))
  }

  private static func notes(
    _ profile: WorkspaceProfile, _ options: Options, _ environment: [String: String]
  ) -> [String] {
    var notes: [String] = []
    let name = profile.name.escapingHiddenCharacters()
    if let host = environment[hostVariable], (try? ServerAddress(host)) != profile.server {
      notes.append(
        "note: \(hostVariable) is ignored: the profile `\(name)` has its own host")
    }
    let isOther = profile.token.map { $0.source != .environment(tokenVariable) } ?? false
    if environment[tokenVariable] != nil, isOther, options.tokenSource == nil {
      notes.append(
        "note: \(tokenVariable) is ignored: the profile `\(name)` has its own token")
    }
    return notes
  }
}

extension ServerAddress {
  /// Throws with exit 2 if the host contains a domain of Workato without being in it, as a mistyped
  /// or a deceptive address does: it would get the token. The `host` of a profile was written with care.
  func requireNoImitation(knownTo configuration: Configuration) throws(RunError) {
    guard let domain = Self.domains.first(where: imitates),
      !configuration.profiles.contains(where: { $0.server == self })
    else { return }
    throw RunError(
      .usage, "`\(hostName)` contains `\(domain)`, but isn't in that domain",
      help: "did you mean https://\(original(domain))? "
        + "If the host is right, make it the `host` of a profile")
  }

  /// The domains of the servers in the table of regions.
  private static let domains = ["workato.com", "workatoapp.cn"]

  private func imitates(_ domain: String) -> Bool {
    hostName.contains(domain) && hostName != domain && !hostName.hasSuffix("." + domain)
  }

  /// The region's host that is most like this one.
  private func original(_ domain: String) -> String {
    let known = Region.table.map(\.server.hostName).filter { $0.hasSuffix(domain) }
    let start = hostName.firstRange(of: domain).map { String(hostName[..<$0.upperBound]) } ?? ""
    return known.first { $0 == start || $0.hasSuffix("." + start) }
      ?? Diagnostic.nearest(start, among: known) ?? known.first ?? domain
  }
}
