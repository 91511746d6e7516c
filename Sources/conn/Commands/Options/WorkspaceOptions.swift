import ArgumentParser
import Evaluation
import Language
import Planning

/// Which workspace, and how it is reached.
struct WorkspaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A profile of the configuration, taken as a whole: its host and token, whatever WORKATO_HOST \
      and WORKATO_API_TOKEN say. Without it WORKATO_PROFILE or the default names the profile, and \
      these variables come before it.
      """, valueName: "name"))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "The workspace's server; http only for loopback. A profile's token goes to its own only.",
      valueName: "url"))
  var host: String?

  @Option(
    help: ArgumentHelp(
      "Where the token comes from: env:NAME, file:PATH or cmd:ARGV.", valueName: "place"))
  var tokenFrom: String?

  @Flag(
    help: """
      Use an embedded simulated workspace; no token is needed, and of a --profile the guards alone \
      are used.
      """)
  var simulator = false

  @Option(help: ArgumentHelp("Seed the simulated workspace from a file.", valueName: "file"))
  var simulatorData: String?

  @Option(help: ArgumentHelp("Answer list and get from a file.", valueName: "file"))
  var snapshot: String?

  func validate() throws {
    if simulatorData != nil, !simulator {
      throw ValidationError("--simulator-data needs --simulator")
    }
    if simulator, host != nil || tokenFrom != nil {
      throw ValidationError("--simulator has its own host and token")
    }
  }

  /// Says what stands in the way on stderr, and throws what the program is to end with.
  func choice(_ environment: [String: String], noColor: Bool = false) throws -> ResolvedWorkspace {
    // A simulated workspace depends on no file of the user, unless it is to rehearse a profile.
    let isIndependent = simulator && profile == nil
    let configuration =
      isIndependent ? .none : try ConfigurationFile.load(environment, noColor: noColor)
    var options = ResolvedWorkspace.Options()
    options.profile = profile
    options.host = host
    options.tokenPlace = tokenFrom
    options.isSimulated = simulator
    do throws(RunError) {
      return try ResolvedWorkspace(
        options, environment: environment, configuration: configuration)
    } catch {
      ErrorPrinter(sources: SourceMap(), isColorDisabled: noColor).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }
}
