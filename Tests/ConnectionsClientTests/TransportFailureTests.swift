import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import TestSupport
import Testing

@testable import API
@testable import ConnectionsClient

/// What an error of the HTTP client says of a request: whether it can have been sent.
@Suite struct TransportFailureTests {
  private static let alert = BoringSSLError.sslError([.eofDuringHandshake])

  /// The error, and what it is before an answer has begun; afterwards it is in doubt.
  private static let table: [(any Error, String)] = [
    (HTTPClientError.connectTimeout, "notSent no connection within 10 s"),
    (HTTPClientError.tlsHandshakeTimeout, "notSent the server's TLS handshake took too long"),
    (HTTPClientError.getConnectionFromPoolTimeout, "notSent no connection within 10 s"),
    (HTTPClientError.invalidURL, "notSent the server's address is not a URL"),
    (HTTPClientError.emptyHost, "notSent the server's address has no host"),
    (IOError(errnoCode: ECONNREFUSED, reason: "connect"), "notSent connection refused"),
    (NIOSSLError.handshakeFailed(alert), "notSent the server's TLS handshake failed"),
    (NIOSSLError.noCertificateToValidate, "untrusted the server's certificate is not trusted"),
    (NIOSSLError.unableToValidateCertificate, "untrusted the server's certificate is not trusted"),
    (
      NIOSSLExtraError.failedToValidateHostname,
      "untrusted the server's certificate is for another name"
    ),
    (HTTPClientError.deadlineExceeded, "timedOut no answer within 60 s"),
    (HTTPClientError.readTimeout, "timedOut no answer within 60 s"),
    (HTTPClientError.remoteConnectionClosed, "interrupted the server closed the connection"),
    (HTTPClientError.uncleanShutdown, "interrupted the server cut its answer short"),
    (HTTPClientError.cancelled, "interrupted interrupted"),
    (HTTPClientError.requestStreamCancelled, "interrupted interrupted"),
    (HTTPClientError.alreadyShutdown, "interrupted interrupted"),
    (
      HTTPClientError.writeTimeout,
      "interrupted the server took too long to read the request"
    ),
    (HTTPClientError.emptyScheme, "interrupted the server's address is not a URL"),
    (HTTPClientError.bodyLengthMismatch, "interrupted the connection broke"),
    (system(ECONNRESET), "interrupted the server reset the connection"),
    (system(ECONNABORTED), "interrupted the connection was aborted"),
    (system(EPIPE), "interrupted the server closed the connection"),
    (system(ENOTCONN), "interrupted the server closed the connection"),
    (system(ETIMEDOUT), "interrupted the server doesn't answer"),
    (system(EHOSTUNREACH), "interrupted no route to host"),
    (system(ENETUNREACH), "interrupted network unreachable"),
    (system(ENETDOWN), "interrupted the network is down"),
    (system(EADDRNOTAVAIL), "interrupted no local port available"),
    (system(EMFILE), "interrupted too many open files"),
    (system(ENFILE), "interrupted too many open files"),
    (system(EACCES), "interrupted connection not permitted"),
    (system(EPERM), "interrupted connection not permitted"),
    (system(EBADF), "interrupted the connection broke (Bad file descriptor)"),
    (BodyProblem.tooLarge, "unreadable the answer is too large"),
    (BodyProblem.malformed, "unreadable can't decompress the answer"),
    (BodyProblem.truncated, "unreadable the compressed answer was cut short"),
    (AnswerProblem.status, "unreadable the answer is not HTTP"),
    (AnswerProblem.interim, "unreadable the server sent more than 32 interim answers"),
    (AnswerProblem.headers, "unreadable the headers of the answer are too large"),
    (HTTPParserError.invalidStatus, "unreadable the answer is not HTTP"),
    (NIOSSLError.uncleanShutdown, "interrupted the TLS connection broke"),
    (NIOSSLError.writeDuringTLSShutdown, "interrupted the TLS connection broke"),
    (NIOSSLError.readInInvalidTLSState, "interrupted the TLS connection broke"),
    (alert, "interrupted the TLS connection broke"),
    (BoringSSLError.zeroReturn, "interrupted the TLS connection broke"),
    (BoringSSLError.syscallError, "interrupted the TLS connection broke"),
    (NIOSSLExtraError.serverHostnameImpossibleToMatch, "interrupted the TLS connection broke"),
    (HTTPParserError.invalidEOFState, "interrupted the answer is not HTTP"),
    (ChannelError.eof, "interrupted the connection broke"),
    (ChannelError.ioOnClosedChannel, "interrupted the connection broke"),
    (CancellationError(), "interrupted interrupted"),
  ]

  private static func system(_ code: Int32) -> IOError {
    IOError(errnoCode: code, reason: "read(descriptor:pointer:size:)")
  }

  @Test(arguments: table.indices)
  func tellsUnsentRequestsFromThoseInDoubt(_ index: Int) {
    let (error, expected) = Self.table[index]
    let text = Self.text(TransportFailure(error, hasBegunToAnswer: false))
    #expect(text == expected)
  }

  @Test(arguments: table.indices)
  func brokenAnswerLeavesTheRequestInDoubt(_ index: Int) {
    switch TransportFailure(Self.table[index].0, hasBegunToAnswer: true) {
    case .timedOut, .interrupted, .unreadable: return
    case let failure: Issue.record("\(failure)")
    }
  }

  /// The words of the library stay inside.
  @Test(arguments: [
    ([ECONNREFUSED], true, "can't reach www.workato.com:443: connection refused"),
    (
      [ENETUNREACH, ECONNREFUSED], true,
      "can't reach www.workato.com:443: network unreachable"
    ),
    ([], true, "can't reach www.workato.com:443"),
    ([], false, "host not found: `www.workato.com`"),
  ])
  func explainsAMissingConnection(_ causes: [Int32], _ isKnown: Bool, _ expected: String) {
    #expect(
      NetworkErrorText.unreached("www.workato.com", 443, causes, isKnown: isKnown) == expected)
  }

  @Test func refusedConnectionMeansNotSent() async throws {
    let client = HTTPTransport.makeClient()
    let transport = HTTPTransport(
      client: client, server: try ServerAddress(UnheardPort.url), token: try APIToken("wrk-1"))
    await #expect(
      throws: TransportFailure.notSent("connection refused")
    ) { _ = try await transport.send(.list(ListQuery())) }
    try await client.shutdown()
  }

  private static func text(_ failure: TransportFailure) -> String {
    let kind =
      switch failure {
      case .notSent: "notSent"
      case .untrusted: "untrusted"
      case .timedOut: "timedOut"
      case .interrupted: "interrupted"
      case .unreadable: "unreadable"
      case .refused: "refused"
      }
    return "\(kind) \(failure.reason)"
  }
}
