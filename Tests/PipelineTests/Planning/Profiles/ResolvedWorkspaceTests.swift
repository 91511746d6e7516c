import API
import Evaluation
import Planning
import TestSupport
import Testing

/// Options override the environment, which overrides the profile; a token is sent only to its host.
@Suite struct ResolvedWorkspaceTests {
  private static let configuration = """
    profile "eu" { region = "eu"; token = secret("env:EU") }
    profile "us" { region = "us" }
    profile "own" { region = "uk"; token = secret("env:WORKATO_API_TOKEN") }
    default = "eu"
    """

  /// Options and variables, and the result: profile, host, place of the token, notes.
  struct Case: Sendable {
    let options: [String]
    let variables: [String: String]
    let expected: String

    init(_ options: [String], _ variables: [String: String], _ expected: String) {
      self.options = options
      self.variables = variables
      self.expected = expected
    }
  }

  private func outcome(_ options: [String], _ variables: [String: String], _ text: String? = nil)
    throws -> String
  {
    var chosen = ResolvedWorkspace.Options()
    for option in options {
      let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
      switch parts[0] {
      case "profile": chosen.profile = parts[1]
      case "host": chosen.host = parts[1]
      case "token": chosen.tokenSource = parts[1]
      default: chosen.isSimulated = true
      }
    }
    let configuration = try Profiles.configuration(text ?? Self.configuration)
    do throws(RunError) {
      let choice = try ResolvedWorkspace(
        chosen, environment: variables, configuration: configuration)
      let source = try choice.tokenSource() ?? "environment"
      return ([choice.profile?.name ?? "none", choice.server.base, source] + choice.notes)
        .joined(separator: " | ")
    } catch {
      return "\(error.exitCode.rawValue): \(error.message) = \(error.help ?? "")"
    }
  }

  @Test(arguments: [
    Case([], [:], "eu | https://app.eu.workato.com | env:EU"),
    Case([], ["WORKATO_PROFILE": "us"], "us | https://www.workato.com | environment"),
    Case([], ["WORKATO_PROFILE": ""], "eu | https://app.eu.workato.com | env:EU"),
    Case(["profile=us"], ["WORKATO_PROFILE": "own"], "us | https://www.workato.com | environment"),
    Case(["token=file:x"], [:], "eu | https://app.eu.workato.com | file:x"),
    // The environment overrides a default profile.
    Case([], ["WORKATO_API_TOKEN": "t"], "eu | https://app.eu.workato.com | environment"),
    Case(
      [], ["WORKATO_HOST": "https://x.com", "WORKATO_API_TOKEN": "t"],
      "eu | https://x.com | environment"),
    Case(
      [], ["WORKATO_HOST": "https://app.eu.workato.com/api"],
      "eu | https://app.eu.workato.com | env:EU"),
    Case(["host=https://x.com", "token=env:X"], [:], "eu | https://x.com | env:X"),
    // A profile chosen with `--profile` is used as a whole.
    Case(
      ["profile=eu"], ["WORKATO_HOST": "https://x.com", "WORKATO_API_TOKEN": "t"],
      "eu | https://app.eu.workato.com | env:EU"
        + " | note: WORKATO_HOST is ignored: the profile `eu` has its own host"
        + " | note: WORKATO_API_TOKEN is ignored: the profile `eu` has its own token"),
    Case(["profile=us"], ["WORKATO_API_TOKEN": "t"], "us | https://www.workato.com | environment"),
    Case(
      ["profile=own"], ["WORKATO_API_TOKEN": "t", "WORKATO_HOST": "https://app.uk.workato.com"],
      "own | https://app.uk.workato.com | env:WORKATO_API_TOKEN"),
    Case(
      ["profile=eu", "token=env:X"], ["WORKATO_API_TOKEN": "t"],
      "eu | https://app.eu.workato.com | env:X"),
    Case(
      ["profile=eu", "host=https://app.eu.workato.com/api/"], [:],
      "eu | https://app.eu.workato.com | env:EU"),
    // A simulated workspace uses only the guards, and no default profile.
    Case(["simulated"], ["WORKATO_PROFILE": "us"], "none | http://127.0.0.1 | environment"),
    Case(["simulated", "profile=eu"], [:], "eu | http://127.0.0.1 | environment"),
  ])
  func choosesTheWorkspace(_ example: Case) throws {
    expectEqual(try outcome(example.options, example.variables), example.expected)
  }

  @Test(arguments: [
    Case(
      ["profile=ue"], [:],
      "2: --profile: unknown profile `ue` = did you mean `eu`? the profiles are eu, us and own"),
    Case(
      [], ["WORKATO_PROFILE": "production"],
      "2: WORKATO_PROFILE: unknown profile `production` = the profiles are eu, us and own"),
    Case(
      ["profile=eu", "host=https://x.com"], [:],
      "2: --host https://x.com is not the host of the profile `eu` = "
        + "the profile's host is https://app.eu.workato.com; leave out --host or --profile"),
    Case(
      [], ["WORKATO_HOST": "https://x.com"],
      "2: the token of the profile `eu` is for https://app.eu.workato.com only = "
        + "WORKATO_HOST is https://x.com: leave it out, or set WORKATO_API_TOKEN to a token for that workspace"
    ),
    Case(
      ["host=https://x.com"], [:],
      "2: the token of the profile `eu` is for https://app.eu.workato.com only = "
        + "--host is https://x.com: leave it out, or set WORKATO_API_TOKEN to a token for that workspace"
    ),
    Case(
      ["host=ftp://x"], [:],
      "2: `ftp://x` is not a workspace address; use for example https://www.workato.com = "
    ),
    Case(
      ["host=https://user:pw@x.com"], [:],
      "2: `https://***@x.com` is not a workspace address; use for example https://www.workato.com = "
    ),
    Case(
      ["profile=eu", "host=user:p@w/@x.com"], [:],
      "2: `***@x.com` is not a workspace address; use for example https://www.workato.com = "
    ),
    Case(
      [], ["WORKATO_HOST": "http://user:pw@www.workato.com"],
      "2: `http://***@www.workato.com` is not a workspace address; "
        + "use for example https://www.workato.com = "
    ),
  ])
  func rejectsInvalidChoices(_ example: Case) throws {
    expectEqual(try outcome(example.options, example.variables), example.expected)
  }

  // MARK: Imitations

  /// A host that contains a domain of Workato without being in it, and the host that is meant.
  @Test(arguments: [
    ("www.workato.com.mistyped.example", "www.workato.com"),
    ("workato.com-x.example", "www.workato.com"), ("xworkato.com", "www.workato.com"),
    ("www-workato.com", "www.workato.com"), ("workato.community", "www.workato.com"),
    ("app.eu.workato.com.x", "app.eu.workato.com"), ("eu.workato.com.x.de", "app.eu.workato.com"),
    ("app.workatoapp.cn.com", "app.workatoapp.cn"), ("myworkatoapp.cn", "app.workatoapp.cn"),
    ("WWW.WORKATO.COM.x:8443", "www.workato.com"),
  ])
  func refusesImitations(_ host: String, _ meant: String) throws {
    for (options, variables) in [
      (["host=https://\(host)", "token=env:X"], [:]),
      (["token=env:X"], ["WORKATO_HOST": "https://\(host)"]),
    ] {
      let refused = try outcome(options, variables)
      #expect(refused.hasPrefix("2: `\(host.lowercased().prefix { $0 != ":" })` contains `"))
      #expect(refused.contains("did you mean https://\(meant)? "), "\(refused)")
    }
    let own = "profile \"own\" { host = \"https://\(host)\" }"
    for options in [["profile=own"], ["host=https://\(host)"]] {
      #expect(try !outcome(options, [:], own).hasPrefix("2: "))
    }
  }

  @Test(arguments: [
    "https://www.workato.com", "https://workato.com", "https://any.preview.workato.com",
    "https://app.workatoapp.cn:8443", "https://proxy.example", "http://127.0.0.1:9",
    "http://[::1]:9",
  ])
  func allowsOtherHosts(_ host: String) throws {
    #expect(try outcome(["host=\(host)"], [:], "") == "none | \(host) | environment")
  }

  @Test func choosesTheWorkspaceWithoutProfiles() throws {
    expectEqual(try outcome([], [:], ""), "none | https://www.workato.com | environment")
    expectEqual(
      try outcome(["profile=eu"], [:], ""),
      "2: --profile: unknown profile `eu` = no profiles are defined")
  }

  /// Every region on the API's page is known, and selects its host.
  @Test func knowsEveryRegion() throws {
    #expect(Region.table.count == 10)
    for region in Region.table {
      expectEqual(try ServerAddress(region.server.base), region.server)
      let text = "profile \"a\" { region = \"\(region.name)\" }; default = \"a\""
      expectEqual(try outcome([], [:], text), "a | \(region.server.base) | environment")
    }
  }
}
