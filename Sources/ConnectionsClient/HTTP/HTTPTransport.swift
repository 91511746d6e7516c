import API
import AsyncHTTPClient
import JSON
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Text

/// Sends requests over HTTP/1.1 to one server with one token. Redirects are never followed.
package struct HTTPTransport: Transport {
  private let client: HTTPClient
  private let server: ServerAddress
  private let token: APIToken
  private let secrets: Secrets
  private let known: KnownSecrets
  private let timeout: Duration
  /// Reads the `Date` of every answer.
  package let serverClock: ServerClock

  /// Exceeds the 40 s after which the server gives up; a shorter timeout would prove nothing.
  package static let callTimeout = Duration.seconds(60)
  private static let connectTimeout = TimeAmount.seconds(10)
  private static let listLimit = 256 << 20
  private static let answerLimit = 1 << 20

  /// Creates a client for the lifetime of the program; the caller must shut it down. Without
  /// `trusted`, it trusts the certificates of the system.
  package static func makeClient(
    proxy: ProxyAddress? = nil, trusted: TrustedCertificates? = nil
  ) -> HTTPClient {
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls(trusted), redirectConfiguration: .disallow,
      timeout: .init(connect: connectTimeout, read: TimeAmount(callTimeout)))
    configuration.proxy = proxy.map(HTTPClient.Configuration.Proxy.init)
    configuration.httpVersion = .http1Only
    configuration.http1_1ConnectionDebugInitializer = AnswerGuard.add(to:)
    configuration.connectionPool.retryConnectionEstablishment = false
    return HTTPClient(
      eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: configuration)
  }

  /// TLS 1.2 at least. Source: RFC 8996, which forbids TLS 1.0 and 1.1.
  private static func tls(_ trusted: TrustedCertificates?) -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    if let trusted { tls.trustRoots = .certificates(trusted.certificates) }
    tls.minimumTLSVersion = .tlsv12
    return tls
  }

  /// `timeout` covers the whole call, from connecting to the end of the body.
  package init(
    client: HTTPClient, server: ServerAddress, token: APIToken, secrets: Secrets = .none,
    known: KnownSecrets = KnownSecrets(), timeout: Duration = Self.callTimeout,
    serverClock: ServerClock = ServerClock()
  ) {
    self.client = client
    self.server = server
    self.token = token
    self.secrets = secrets
    self.known = known
    self.timeout = timeout
    self.serverClock = serverClock
  }

  /// Returns the transport with the secrets that request bodies refer to.
  package func with(_ secrets: Secrets) -> HTTPTransport {
    known.add(secrets)
    return HTTPTransport(
      client: client, server: server, token: token, secrets: secrets, known: known,
      timeout: timeout, serverClock: serverClock)
  }

  package func send(_ request: Request) async throws(TransportFailure) -> Answer {
    known.add(literals: request.credentials)
    let message = try encode(request)
    let deadline = NIODeadline.now() + TimeAmount(timeout)
    let response: HTTPClientResponse
    let start = serverClock.clock.uptime()
    do { response = try await client.execute(message, deadline: deadline) } catch {
      throw TransportFailure(error, hasBegunToAnswer: false)
    }
    serverClock.observe(response.headers.first(name: "date"), askedAt: start)
    let isList = request.method == .get && (200..<300).contains(response.status.code)
    do {
      return known.masking(try await Self.answer(response, isList: isList, until: deadline))
    } catch {
      throw TransportFailure(error, hasBegunToAnswer: true)
    }
  }

  /// Reads the body; throws when the deadline passes first.
  private static func answer(
    _ response: HTTPClientResponse, isList: Bool, until deadline: NIODeadline
  ) async throws -> Answer {
    try await withThrowingTaskGroup(of: Answer.self) { group in
      group.addTask { try await answer(response, isList: isList) }
      group.addTask {
        try await Task.sleep(for: .nanoseconds((deadline - .now()).nanoseconds))
        throw HTTPClientError.deadlineExceeded
      }
      defer { group.cancelAll() }
      guard let answer = try await group.next() else { throw CancellationError() }
      return answer
    }
  }

  private static func answer(_ response: HTTPClientResponse, isList: Bool) async throws -> Answer {
    let headers = response.headers.map { Answer.Header($0.name, $0.value) }
    let coding = ContentCoding(response.headers[canonicalForm: "content-encoding"])
    var body = try AnswerBody(
      coding, limit: isList ? Self.listLimit : Self.answerLimit, isList: isList)
    for try await part in response.body {
      try body.append(part)
      if body.isCutShort { break }
    }
    let bytes = try body.finish()
    return Answer(
      status: Int(response.status.code), headers: headers, body: bytes,
      unknownCoding: bytes.isEmpty ? nil : coding.unknown)
  }

  private func encode(_ request: Request) throws(TransportFailure) -> HTTPClientRequest {
    var message = HTTPClientRequest(url: server.base + request.target)
    message.method = HTTPMethod(rawValue: request.method.rawValue)
    message.headers.add(name: "Authorization", value: token.authorization)
    for header in request.headers { message.headers.add(name: header.name, value: header.value) }
    guard let body = request.body else { return message }
    guard let json = body.sent(with: secrets) else { throw .notSent("a secret was not read") }
    message.body = .bytes(Array(json.text.utf8))
    return message
  }
}

extension Request {
  /// The texts in the body that are credentials according to their names.
  fileprivate var credentials: [String] {
    (body?.confidentialTexts ?? []).filter { CredentialName.fits($0.name) }.map(\.text)
  }
}
