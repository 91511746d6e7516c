import ArgumentParser
import AsyncHTTPClient
import ConnectionsClient
import Engine
import Glibc
import Language

struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Show and test the profiles of the configuration.",
    discussion: """
      The configuration is $XDG_CONFIG_HOME/conn/config.conn, or ~/.config/conn/config.conn. It holds \
      profiles, such as

        profile "eu-prod" {
          region = "eu"
          token = secret("cmd:pass show workato/eu-prod")
          production = true
          protect = tags has "do-not-touch"
          max_writes = 500
        }
        default = "eu-prod"

      --profile names the profile of a run; otherwise WORKATO_PROFILE does, or the default.
      """,
    subcommands: [ProfileListCommand.self, ProfileShowCommand.self, ProfileTestCommand.self])
}

struct ProfileListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the profiles, their hosts and guards.")

  @Flag(help: "As JSON, one object a line.") var json = false

  func run() throws {
    let profiles = try Profiles.load()
    if profiles.configuration.profiles.isEmpty { return profiles.sayNone() }
    let set = profiles.rows
    do throws(RunError) {
      let text =
        try json
        ? profiles.objects.map { $0.text + "\n" }.joined()
        : ResultFormat.table.text(set, style: TerminalStyle.style(of: STDOUT_FILENO, isOff: false))
      StandardOutput.shared.data(text)
    } catch {
      throw profiles.failure(error)
    }
  }
}

struct ProfileShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show every setting of a profile, as a configuration has it.",
    discussion: "Of the token only the place is shown; it is not read.")

  @Argument(help: "The profile; the active one where none is named.") var name: String?

  func run() throws {
    let profile = try Profiles.load().named(name)
    let given = profile.settings.compactMap { key, value in value.map { "\(key.name) = \($0)" } }
    let missing = profile.settings.filter { $0.value == nil }.map(\.key.name)
    let lines = given + ["# not set: \(missing.joined(separator: ", "))"]
    StandardOutput.shared.data(
      "profile \(profile.name.quoted) {  # \(profile.server.base)\n"
        + lines.map { "  \($0)\n" }.joined() + "}\n")
  }
}

struct ProfileTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Read a profile's token, and list its connections once.")

  @Argument(help: "The profile; the active one where none is named.") var name: String?

  func run() async throws {
    let profiles = try Profiles.load()
    let profile = try profiles.named(name)
    let client = HTTPTransport.makeClient()
    let result = await Result(profile, client, profiles.environment)
    try? await client.shutdown()
    switch result {
    case .answered(let count, let seconds):
      StandardOutput.shared.data(
        "Profile \(profile.name.escapingHiddenCharacters()): \(profile.server.base) answers with "
          + "\(count) connection\(count == 1 ? "" : "s"), \(Int((seconds * 1000).rounded())) ms.\n")
    case .failed(let error): throw profiles.failure(error)
    }
  }

  /// What came of the call.
  private enum Result {
    case answered(count: Int, seconds: Double)
    case failed(RunError)

    init(_ profile: WorkspaceProfile, _ client: HTTPClient, _ environment: [String: String]) async {
      let clock = SystemTimekeeper()
      do throws(RunError) {
        let place = profile.token?.description
        let token = try await Credentials(
          environment: environment, disk: SystemDisk(), tokenPlace: place
        ).token(from: place)
        let transport = HTTPTransport(client: client, server: profile.server, token: token)
        let start = clock.uptime()
        let connections = try await Self.list(
          ServerReader(transport: transport, pacer: Pacer(clock: clock)))
        self = .answered(count: connections.count, seconds: clock.uptime() - start)
      } catch {
        self = .failed(error)
      }
    }

    private static func list(_ reader: ServerReader) async throws(RunError) -> [Connection] {
      do { return try await reader.list(ListQuery()) } catch { throw RunError(error) }
    }
  }
}

/// The profiles as the commands about them see them.
private struct Profiles {
  let configuration: Configuration
  let environment: [String: String]
  /// The profile of a run that names none.
  let active: WorkspaceProfile?

  /// Throws where the configuration cannot be used; why has been said.
  static func load() throws -> Profiles {
    let environment = ProcessEnvironment.read()
    let configuration = try ConfigurationFile.load(environment, noColor: false)
    do throws(RunError) {
      return Profiles(
        configuration: configuration, environment: environment,
        active: try WorkspaceChoice.standard(environment, configuration))
    } catch {
      ErrorPrinter(sources: SourceMap(), isOff: false).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }

  func sayNone() {
    let path = ConfigurationFile.path(environment) ?? "$XDG_CONFIG_HOME/conn/config.conn"
    StandardOutput.shared.talk("There are no profiles; they are written in \(path).")
  }

  func named(_ name: String?) throws -> WorkspaceProfile {
    do throws(RunError) {
      if let name { return try configuration.profile(name, from: "conn profile") }
      if let active { return active }
      throw RunError(
        .usage, "no profile is active",
        help: "name one, or set \(WorkspaceChoice.profileVariable) or `default`")
    } catch {
      throw failure(error)
    }
  }

  /// Says the error, and returns what the program ends with.
  func failure(_ error: RunError) -> CommandFailure {
    ErrorPrinter(sources: SourceMap(), isOff: false).show(error)
    return CommandFailure(exitCode: error.exitCode)
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
          ("production", .bool(profile.guards.isProduction)),
          ("read_only", .bool(profile.guards.isReadOnly)),
          ("protect", profile.guards.protection.map { .string($0.text) } ?? .null),
          ("max_writes", profile.guards.mostWrites.map { .int(Int64($0)) } ?? .null),
          ("max_percent", profile.guards.mostPercent.map { .int(Int64($0)) } ?? .null),
          ("default", .bool(isDefault(profile))), ("active", .bool(isActive(profile))),
        ]))
    }
  }
}

extension WorkspaceProfile {
  /// `production, protect, max_writes 500`.
  fileprivate var guardWords: String {
    [
      guards.isProduction ? "production" : nil, guards.isReadOnly ? "read_only" : nil,
      guards.protection == nil ? nil : "protect", guards.mostWrites.map { "max_writes \($0)" },
      guards.mostPercent.map { "max_percent \($0)" },
    ].compactMap { $0 }.joined(separator: ", ")
  }
}
