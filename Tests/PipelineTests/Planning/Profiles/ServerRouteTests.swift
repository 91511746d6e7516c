import API
import Evaluation
import Planning
import TestSupport
import Testing

/// The proxy and the certificates of a run: the profile's for its own host, else the variables'.
@Suite struct ServerRouteTests {
  private static let configuration = """
    profile "own" { host = "https://a.example"; proxy = "http://own:1"; ca_file = "/own.pem" }
    profile "direct" { host = "https://a.example"; proxy = "none" }
    profile "plain" { host = "https://a.example" }
    profile "near" { host = "https://localhost:8443"; proxy = "http://own:1"; ca_file = "/own.pem" }
    """

  struct Case: Sendable {
    let profile: String?
    let host: String?
    let variables: [String: String]
    let expected: String

    init(_ profile: String?, _ host: String?, _ variables: [String: String], _ expected: String) {
      self.profile = profile
      self.host = host
      self.variables = variables
      self.expected = expected
    }
  }

  private func outcome(_ example: Case) throws -> String {
    var options = ResolvedWorkspace.Options()
    options.profile = example.profile
    options.host = example.host
    let choice = try ResolvedWorkspace(
      options, environment: example.variables,
      configuration: try Profiles.configuration(Self.configuration))
    let file = choice.route.certificates.map { "\($0.origin) \($0.path)" } ?? "system"
    do { return "\(try choice.title()) | \(file)" } catch {
      return "\(error.exitCode.rawValue): \(error.message)"
    }
  }

  private static let both = [
    "HTTPS_PROXY": "http://me:hunter2@all:2", "SSL_CERT_FILE": "all.pem", "NO_PROXY": "b.example",
  ]

  @Test(arguments: [
    Case(nil, nil, [:], "Workspace https://www.workato.com | system"),
    Case(
      nil, "https://a.example", both,
      "Workspace https://a.example through the proxy http://all:2 | SSL_CERT_FILE all.pem"),
    Case(nil, "https://b.example", both, "Workspace https://b.example | SSL_CERT_FILE all.pem"),
    Case(
      nil, "https://b.example", ["HTTPS_PROXY": "p:2", "NO_PROXY": "*", "no_proxy": "c"],
      "Workspace https://b.example through the proxy http://p:2 | system"),
    Case(
      nil, "https://b.example", ["HTTPS_PROXY": "p:2", "no_proxy": "*"],
      "Workspace https://b.example | system"),
    // As in curl, the lower-case name comes first, and an empty value is none.
    Case(
      nil, "https://a.example", ["HTTPS_PROXY": "p:2", "https_proxy": "q:2"],
      "Workspace https://a.example through the proxy http://q:2 | system"),
    Case(
      nil, "https://a.example", ["HTTPS_PROXY": "p:2", "https_proxy": "", "no_proxy": ""],
      "Workspace https://a.example through the proxy http://p:2 | system"),
    Case(
      nil, "https://a.example", ["http_proxy": "p:2", "HTTP_PROXY": "p:2", "ALL_PROXY": "p:2"],
      "Workspace https://a.example | system"),
    // The profile comes first, whatever the variables say.
    Case(
      "own", nil, both,
      "Profile own, https://a.example through the proxy http://own:1 | ca_file /own.pem"),
    Case(
      "own", nil, ["NO_PROXY": "*"],
      "Profile own, https://a.example through the proxy http://own:1 | ca_file /own.pem"),
    Case("direct", nil, both, "Profile direct, https://a.example | SSL_CERT_FILE all.pem"),
    Case(
      "plain", nil, both,
      "Profile plain, https://a.example through the proxy http://all:2 | SSL_CERT_FILE all.pem"),
    // This machine is never reached by a proxy.
    Case("near", nil, both, "Profile near, https://localhost:8443 | ca_file /own.pem"),
    Case(nil, "https://127.0.0.9", both, "Workspace https://127.0.0.9 | SSL_CERT_FILE all.pem"),
    Case(nil, "https://[::1]:1", both, "Workspace https://[::1]:1 | SSL_CERT_FILE all.pem"),
    Case(nil, "http://localhost", both, "Workspace http://localhost | system"),
    // A wrong address is named by its variable and never shown.
    Case(
      nil, "https://a.example", ["https_proxy": "http://hunter2 x"],
      "2: https_proxy: not the address of a proxy; use for example http://proxy.example:3128"),
    Case(
      nil, "https://a.example", ["HTTPS_PROXY": "socks5://hunter2@x"],
      "2: HTTPS_PROXY: `socks5` proxies are not supported; use for example http://proxy.example:3128"
    ),
    Case(
      nil, "https://[fd00::1]", ["HTTPS_PROXY": "p:2"],
      "2: a server with an IPv6 address can't be reached by a proxy"),
    Case(nil, "http://localhost", ["HTTPS_PROXY": "%"], "Workspace http://localhost | system"),
  ])
  func choosesTheRoute(_ example: Case) throws {
    expectEqual(try outcome(example), example.expected)
  }

  /// The settings of a default profile aren't used for another host.
  @Test func keepsTheProfilesRouteToItsHost() throws {
    let configuration = try Profiles.configuration(Self.configuration + "\ndefault = \"own\"")
    var options = ResolvedWorkspace.Options()
    options.host = "https://b.example"
    let choice = try ResolvedWorkspace(options, environment: [:], configuration: configuration)
    expectEqual(try choice.title(), "Profile own, https://b.example")
    #expect(choice.route.certificates == nil)
  }
}
