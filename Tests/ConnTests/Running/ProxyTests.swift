import Foundation
import Simulator
import TestSupport
import Testing

/// The program in a company's network: a proxy, and certificates of its own.
@Suite(.ownThread) struct ProxyTests {
  private static let certificate = Task { try await TestCertificate.make(for: "workspace.example") }
  private static let near = Task { try await TestCertificate.make(for: "localhost") }

  private struct Company {
    let server: SimulatedServer
    let front: Relay
    let proxy: Relay

    init(_ certificate: TestCertificate) async throws {
      server = try await SimulatedServer.start(options: SimulatorOptions())
      front = try await Relay.front(of: server.port, certificate)
      proxy = try await Relay.proxy(to: front.port)
    }

    func close() async throws {
      for relay in [proxy, front] { try await relay.stop() }
      try await server.stop()
    }
  }

  private func run(_ line: String, _ variables: [String: String]) async throws -> Program.Result {
    let own = ["WORKATO_API_TOKEN": "wrk-simulator", "WORKATO_HOST": "https://workspace.example"]
    return try await Program.run(line, environment: own.merging(variables) { $1 })
  }

  /// A write passes the proxy, which is named before; its password is shown and stored nowhere.
  @Test func writesThroughAProxy() async throws {
    let company = try await Company(try await Self.certificate.value)
    let result = try await run(
      """
      conn eval 'get 36 | delete' --yes --verbose
      grep -rl -e hunter2 -e bWU6 -e wrk-simulator "$XDG_STATE_HOME"
      """,
      [
        "HTTPS_PROXY": "http://me:hunter2@127.0.0.1:\(company.proxy.port)",
        "SSL_CERT_FILE": try await Self.certificate.value.file.path,
      ])
    let title =
      "Workspace https://workspace.example through the proxy http://127.0.0.1:\(company.proxy.port)\n"
    #expect(result.errors.contains(title), "\(result.errors)")
    #expect(result.errors.contains("1 of 1 deleted"), "\(result.errors)")
    #expect(!(result.output + result.errors).contains("hunter2"))
    #expect(result.exitCode == 1, "grep finds nothing: \(result.output)")
    #expect(await company.server.requests().map(\.method) == ["GET", "DELETE"])
    #expect(company.proxy.requests.allSatisfy { $0.hasPrefix("CONNECT workspace.example:443 ") })
    #expect(company.proxy.requests.isEmpty == false)
    try await company.close()
  }

  /// The profile's settings override variables that lead nowhere.
  @Test func profileNamesProxyAndCertificates() async throws {
    let company = try await Company(try await Self.certificate.value)
    let file = try await Self.certificate.value.file.path
    let result = try await run(
      """
      mkdir -p $XDG_STATE_HOME/config/conn && export XDG_CONFIG_HOME=$XDG_STATE_HOME/config
      cat > $XDG_CONFIG_HOME/conn/config.conn << end
      profile "work" {
        host = "https://workspace.example"
        proxy = "http://127.0.0.1:\(company.proxy.port)"
        ca_file = "\(file)"
      }
      end
      conn eval 'list | count' --profile work && conn profile test work | cut -d' ' -f1-5
      conn profile show work | grep -E 'proxy|ca_file'
      """,
      ["HTTPS_PROXY": try UnheardPort.url, "SSL_CERT_FILE": "/nonexistent", "NO_PROXY": "*"])
    #expect(
      result.output == """
        {"count":58}
        Profile work: https://workspace.example listed 58
          proxy = "http://127.0.0.1:\(company.proxy.port)"
          ca_file = "\(file)"

        """, "\(result.errors)")
    #expect(company.proxy.requests.count == 2)
    try await company.close()
  }

  /// A server on this machine is never reached by a proxy.
  @Test func reachesThisMachineDirectly() async throws {
    let company = try await Company(try await Self.near.value)
    let result = try await run(
      "conn eval 'list | count'",
      [
        "WORKATO_HOST": "https://localhost:\(company.front.port)",
        "HTTPS_PROXY": "http://127.0.0.1:\(company.proxy.port)",
        "SSL_CERT_FILE": try await Self.near.value.file.path,
      ])
    #expect(result.output == "{\"count\":58}\n", "\(result.errors)")
    #expect(company.proxy.requests.isEmpty)
    try await company.close()
  }

  @Test func saysHowToTrustACompanysCertificates() async throws {
    let company = try await Company(try await Self.certificate.value)
    let result = try await run(
      "conn eval 'get 36 | delete' --yes",
      ["HTTPS_PROXY": "http://127.0.0.1:\(company.proxy.port)"])
    #expect(result.exitCode == 8)
    #expect(result.errors.contains("set SSL_CERT_FILE or the profile's `ca_file`"))
    #expect(await company.server.requests().isEmpty)
    try await company.close()
  }

  /// A file with certificates that can't be used ends the run before anything is sent.
  @Test(arguments: [
    ("", "SSL_CERT_FILE: cannot read `ca.pem`: No such file or directory"),
    ("touch ca.pem", "SSL_CERT_FILE: `ca.pem` is empty"),
    ("echo x > ca.pem", "SSL_CERT_FILE: `ca.pem` does not contain certificates in PEM"),
    (
      "head -c 200 \"$PEM\" > ca.pem",
      "SSL_CERT_FILE: `ca.pem` does not contain certificates in PEM"
    ),
    ("mkdir ca.pem", "SSL_CERT_FILE: `ca.pem` is not a regular file"),
    ("mkfifo ca.pem", "SSL_CERT_FILE: `ca.pem` is not a regular file"),
    ("install -m 666 \"$PEM\" ca.pem", "SSL_CERT_FILE: `ca.pem` is writable by other users"),
  ])
  func rejectsAnUnusableFile(_ preparation: String, _ message: String) async throws {
    let result = try await run(
      "cd \"$XDG_STATE_HOME\"\n\(preparation)\nconn eval 'get 36 | delete' --yes",
      [
        "HTTPS_PROXY": try UnheardPort.url, "SSL_CERT_FILE": "ca.pem",
        "PEM": try await Self.certificate.value.file.path,
      ])
    #expect(result.exitCode == 2, "\(result.errors)")
    #expect(result.errors.contains("error: \(message)\n"), "\(result.errors)")
  }
}
