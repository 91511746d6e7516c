import ArgumentParser
import Evaluation
import Language
import Planning

/// Options that choose the workspace and say how to reach it.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Profile to use, with its own host and token: WORKATO_HOST and WORKATO_API_TOKEN are ignored. \
      Without --profile, conn uses the profile in WORKATO_PROFILE or the default one, and those \
      variables override it.
      """, valueName: "profile"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      """
      URL of the server; http is allowed for loopback only. A profile's token is sent to the \
      profile's own host only.
      """,
      valueName: "url"))
  var host: String?

  @Option(
    help: ArgumentHelp(
      "Where to read the token from: env:NAME, file:PATH or cmd:ARGV.", valueName: "place"))
  var tokenFrom: String?

  @Flag(
    help: """
      Use an embedded simulated workspace; no token is needed. Of a --profile, only the guards \
      apply.
      """)
  var simulator = false

  @Option(
    help: ArgumentHelp(
      "JSON file with the simulator's initial connections (default: the sample workspace).",
      valueName: "file"))
  var simulatorData: String?

  @Option(help: ArgumentHelp("Read list and get from this file of rows.", valueName: "file"))
  var snapshot: String?

  func validate() throws {
    if simulatorData != nil, !simulator {
      throw ValidationError("--simulator-data needs --simulator")
    }
    if simulator, host != nil || tokenFrom != nil {
      throw ValidationError("--simulator has its own host and token; omit --host and --token-from")
    }
  }

  /// Resolves the workspace from the options, the environment and the configuration.
  func choice(_ host: Host) throws -> ResolvedWorkspace {
    // The simulator works without any of the user's files, unless it is to rehearse a profile.
    let isIndependent = simulator && profile == nil
    let configuration =
      isIndependent ? .none : try ConfigurationFile.load(host)
    var options = ResolvedWorkspace.Options()
    options.profile = profile
    options.host = self.host
    options.tokenSource = tokenFrom
    options.isSimulated = simulator
    return try ResolvedWorkspace(
      options, environment: host.environment, configuration: configuration)
  }
}
