import API
import AsyncHTTPClient
import ConnectionsClient
import Simulator
import TestSupport
import Testing

/// The client over real sockets, through a proxy, against an https server.
@Suite struct ProxyTests {
  private static let certificate = Task { try await TestCertificate.make(for: "workspace.example") }

  private static var trusted: TrustedCertificates? {
    get async throws {
      TrustedCertificates(pem: Array(try await certificate.value.text.utf8))
    }
  }

  /// Sends one list for `https://workspace.example`, which only the proxy can find.
  private func list(_ proxy: Relay, _ trusted: TrustedCertificates?, _ prefix: String = "")
    async throws -> Result<Answer, TransportFailure>
  {
    let address = try ProxyAddress("http://\(prefix)127.0.0.1:\(proxy.port)")
    let client = HTTPTransport.makeClient(proxy: address, trusted: trusted)
    let transport = HTTPTransport(
      client: client, server: try ServerAddress("https://workspace.example"),
      token: try APIToken("wrk-simulator"))
    let result: Result<Answer, TransportFailure>
    do { result = .success(try await transport.send(.list(ListQuery()))) } catch {
      result = .failure(error)
    }
    try await client.shutdown()
    return result
  }

  @Test func tokenPassesTheProxyEncrypted() async throws {
    let server = try await SimulatedServer.start(options: SimulatorOptions())
    let front = try await Relay.front(of: server.port, try await Self.certificate.value)
    let proxy = try await Relay.proxy(to: front.port)
    let answer = try await list(proxy, try await Self.trusted, "me:hunter2@").get()
    #expect(answer.status == 200)
    let lines = proxy.requests.map { $0.split(separator: "\r\n").map(String.init) }
    #expect(lines.map(\.first) == ["CONNECT workspace.example:443 HTTP/1.1"])
    #expect(lines[0].contains("proxy-authorization: Basic bWU6aHVudGVyMg=="))
    let requests = await server.requests()
    #expect(requests.map { $0.header("Authorization") } == ["Bearer wrk-simulator"])
    #expect(requests.map { $0.header("Proxy-Authorization") } == [nil])
    let (seen, sent) = (String(decoding: proxy.bytes, as: UTF8.self), front.bytes)
    #expect(!seen.contains("wrk-simulator") && !seen.lowercased().contains("\nauthorization"))
    #expect(String(decoding: sent, as: UTF8.self).contains("wrk-simulator"))
    for relay in [proxy, front] { try await relay.stop() }
    try await server.stop()
  }

  /// Behind a proxy, too, a certificate that isn't trusted ends the call before the token is sent.
  @Test func trustsOnlyTheGivenCertificates() async throws {
    let server = try await SimulatedServer.start(options: SimulatorOptions())
    let other = try await TestCertificate.make(for: "workspace.example")
    let front = try await Relay.front(of: server.port, other)
    let proxy = try await Relay.proxy(to: front.port)
    for trusted in [try await Self.trusted, nil] {
      let result = try await list(proxy, trusted)
      #expect(result == .failure(.untrusted("the server's certificate is not trusted")))
    }
    #expect(await server.requests().isEmpty)
    for relay in [proxy, front] { try await relay.stop() }
    try await server.stop()
  }

  /// Whatever the proxy says instead of yes, nothing was sent.
  @Test(arguments: [
    ("407 Proxy Authentication Required", "the proxy wants another user name and password"),
    ("403 Forbidden", "the proxy refused to connect to the server"),
    ("502 Bad Gateway", "the proxy refused to connect to the server"),
    ("302 Found", "the proxy refused to connect to the server"),
    ("101 Switching Protocols", "the proxy refused to connect to the server"),
  ])
  func reportsARefusal(_ status: String, _ message: String) async throws {
    let proxy = try await Relay.proxy(
      to: 1, refusing: Array("HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n".utf8))
    let result = try await list(proxy, nil)
    #expect(result == .failure(.notSent(message)))
    try await proxy.stop()
  }

  /// No answer of a proxy ends the program, and none is taken for a tunnel that leads nowhere.
  @Test(arguments: [
    "", "HTTP/1.1 000 X\r\n\r\n", "HTTP/1.1 99999999999999999999 X\r\n\r\n", "SSH-2.0\r\n",
    "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 403 F\r\n\r\n",
    "HTTP/1.1 403 F\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nplain",
    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ])
  func survivesWrongAnswers(_ answer: String) async throws {
    let proxy = try await Relay.proxy(to: 1, refusing: Array(answer.utf8))
    let result = try await list(proxy, nil)
    #expect(throws: TransportFailure.self) { _ = try result.get() }
    try await proxy.stop()
  }

  @Test func survivesRandomAnswers() async throws {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "HTTP/1.1 ", "200", "407", "100", " OK", "\r\n", "\r\n\r\n", "Content-Length: 3", "x",
    ]
    for _ in 0..<100 {
      let text =
        "HTTP/1.1 "
        + (0..<Int.random(in: 0...9, using: &random)).map { _ in
          pieces.randomElement(using: &random) ?? ""
        }.joined()
      let proxy = try await Relay.proxy(to: 1, refusing: Array(text.utf8))
      let result = try await list(proxy, nil)
      #expect(throws: TransportFailure.self, "\(text)") { _ = try result.get() }
      try await proxy.stop()
    }
  }

  @Test func readsOnlyCertificates() async throws {
    let text = try await Self.certificate.value.text
    #expect(TrustedCertificates(pem: Array(text.utf8)) != nil)
    #expect(TrustedCertificates(pem: Array(("# ours\n" + text + text).utf8)) != nil)
    let wrong = [
      "", "\n", "x", text.replacing("M", with: "!"), String(text.dropLast(40)),
      text + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ]
    for one in wrong { #expect(TrustedCertificates(pem: Array(one.utf8)) == nil, "\(one)") }
  }
}
