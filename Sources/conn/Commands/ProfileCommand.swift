import API
import ArgumentParser
import AsyncHTTPClient
import ConnectionsClient
import Evaluation
import Execution
import JSON
import Language
import Planning
import Text

struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "List, show and test the profiles in your configuration.",
    discussion: """
      The configuration is $XDG_CONFIG_HOME/conn/config.conn, or ~/.config/conn/config.conn. It \
      contains profiles such as

        profile "eu-prod" {
          region = "eu"
          token = secret("cmd:pass show workato/eu-prod")
          production = true
          protect = tags has "do-not-touch"
          max_writes = 500
        }
        default = "eu-prod"

      A run uses the profile named by --profile, else by WORKATO_PROFILE, else the default.

      Example: conn profile test eu-prod
      """,
    subcommands: [
      ProfileListCommand.self, ProfileShowCommand.self, ProfileTestCommand.self,
      ProfileEditCommand.self,
    ])
}

struct ProfileListCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List all profiles with their hosts and guards.")

  @Flag(help: "Print JSON, one object per line.") var json = false

  func run(on host: Host) async throws {
    let profiles = try Profiles.load(host)
    if profiles.configuration.profiles.isEmpty { return profiles.printNone(host) }
    let set = profiles.rows
    let text =
      try json
      ? profiles.objects.map { $0.text + "\n" }.joined()
      : ResultFormat.table.text(set, style: host.outputStyle, width: host.width)
    host.output.data(text)
  }
}

struct ProfileShowCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show every setting of a profile as configuration text.",
    discussion: "The token itself is neither read nor shown, only where it comes from.")

  @Argument(
    help: ArgumentHelp("The profile (default: the active one).", valueName: "profile"))
  var name: String?

  func run(on host: Host) async throws {
    let profile = try Profiles.load(host).named(name)
    let given = profile.settings.compactMap { key, value in value.map { "\(key.name) = \($0)" } }
    let missing = profile.settings.filter { $0.value == nil }.map(\.key.name)
    let lines = given + ["# not set: \(missing.joined(separator: ", "))"]
    host.output.data(
      "profile \(profile.name.quoted) {  # \(profile.server.base)\n"
        + lines.map { "  \($0)\n" }.joined() + "}\n")
  }
}

struct ProfileTestCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Read a profile's token and list its connections once.")

  @Argument(
    help: ArgumentHelp("The profile (default: the active one).", valueName: "profile"))
  var name: String?

  func run(on host: Host) async throws {
    let profiles = try Profiles.load(host)
    let profile = try profiles.named(name)
    let route = ServerRoute(to: profile.server, profile: profile, environment: host.environment)
    let client = try host.network.client(for: route, host.disk)
    let result = await Result(profile, client, host)
    try? await client.shutdown()
    switch result {
    case .answered(let count, let seconds):
      host.output.data(
        "Profile \(profile.name.escapingHiddenCharacters()): \(profile.server.base) listed "
          + "\(count.counted("connection")) in "
          + "\(Int((seconds * 1000).rounded())) ms.\n")
    case .failed(let error): throw error
    }
  }

  /// The outcome of the test call.
  private enum Result {
    case answered(count: Int, seconds: Double)
    case failed(RunError)

    init(_ profile: WorkspaceProfile, _ client: HTTPClient, _ host: Host) async {
      let clock = host.clock
      do throws(RunError) {
        let source = profile.token?.description
        let credentials = Credentials(host, tokenSource: source)
        let token = try await credentials.token(from: source)
        host.secrets.add(token, from: credentials.tokenPlace)
        let transport = host.network.transport(
          client, profile.server, token, clock, knowing: host.secrets)
        let start = clock.uptime()
        let list = try await Self.list(
          ServerReader(
            transport: transport, server: profile.server,
            pacer: Pacing(host: host).pacer(profile.server, token), clock: clock), host)
        self = .answered(count: list.connections.count, seconds: clock.uptime() - start)
      } catch {
        self = .failed(error)
      }
    }

    private static func list(_ reader: ServerReader, _ host: Host) async throws(RunError)
      -> ConnectionList
    {
      var patience = RunRetryPolicy(host.output)
      do { return try await reader.list(ListQuery(), &patience) } catch { throw RunError(error) }
    }
  }
}

/// `conn profile add` and `conn profile remove`, which only explain where profiles are edited.
struct ProfileEditCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Explain where to edit profiles.", shouldDisplay: false,
    aliases: ["remove"])

  @Argument(parsing: .allUnrecognized) var rest: [String] = []

  func run(on host: Host) async throws {
    let path =
      ConfigurationFile.path(host.environment) ?? "$XDG_CONFIG_HOME/conn/config.conn"
    let error = RunError(
      .usage, "conn has no command to change profiles: they are in \(path)",
      help: "edit that file; a profile looks like this:")
    ErrorPrinter(host: host).show(error)
    host.output.talk(Self.example)
    throw ReportedFailure(exitCode: error.exitCode)
  }

  private static let example = """

    profile "eu-prod" {
      region = "eu"
      token = secret("env:WORKATO_API_TOKEN")
    }
    """
}
