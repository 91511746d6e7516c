import AsyncHTTPClient
import ConnectionsClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Testing

/// What an error of the HTTP client says of a request: whether it can have been sent.
@Suite struct TransportFailureTests {
  private static let alert = BoringSSLError.sslError([.eofDuringHandshake])

  /// The error, and what it is before an answer has begun; afterwards it is in doubt.
  private static let table: [(any Error, String)] = [
    (HTTPClientError.connectTimeout, "notSent no connection within 10 s"),
    (HTTPClientError.tlsHandshakeTimeout, "notSent TLS handshake timeout"),
    (HTTPClientError.getConnectionFromPoolTimeout, "notSent Get connection from pool timeout"),
    (HTTPClientError.invalidURL, "notSent Invalid URL"),
    (HTTPClientError.emptyHost, "notSent Empty host"),
    (IOError(errnoCode: ECONNREFUSED, reason: "connect"), "notSent connection refused"),
    (NIOSSLError.handshakeFailed(alert), "notSent the server's TLS handshake failed"),
    (NIOSSLError.noCertificateToValidate, "untrusted the server's certificate is not trusted"),
    (NIOSSLError.unableToValidateCertificate, "untrusted the server's certificate is not trusted"),
    (
      NIOSSLExtraError.failedToValidateHostname,
      "untrusted TLS: NIOSSLExtraError.failedToValidateHostname"
    ),
    (HTTPClientError.deadlineExceeded, "timedOut no answer within 60 s"),
    (HTTPClientError.readTimeout, "timedOut no answer within 60 s"),
    (HTTPClientError.remoteConnectionClosed, "interrupted the server closed the connection"),
    (HTTPClientError.cancelled, "interrupted Cancelled"),
    (HTTPClientError.writeTimeout, "interrupted Write timeout"),
    (IOError(errnoCode: ECONNRESET, reason: "read"), "interrupted read: Connection reset by peer"),
    (NIOTooManyBytesError(maxBytes: 9), "interrupted the answer is too large"),
    (NIOSSLError.uncleanShutdown, "interrupted the TLS connection broke: uncleanShutdown"),
    (NIOSSLError.writeDuringTLSShutdown, "interrupted the TLS connection broke: "),
    (NIOSSLError.readInInvalidTLSState, "interrupted the TLS connection broke: "),
    (alert, "interrupted the TLS connection broke: "),
    (BoringSSLError.zeroReturn, "interrupted the TLS connection broke: zeroReturn"),
    (BoringSSLError.syscallError, "interrupted the TLS connection broke: syscallError"),
    (NIOSSLExtraError.serverHostnameImpossibleToMatch, "interrupted the TLS connection broke: "),
    (HTTPParserError.invalidEOFState, "interrupted "),
    (ChannelError.eof, "interrupted "), (ChannelError.ioOnClosedChannel, "interrupted "),
    (CancellationError(), "interrupted CancellationError()"),
  ]

  @Test(arguments: table.indices)
  func whatIsSentIsInDoubt(_ place: Int) {
    let (error, expected) = Self.table[place]
    let words = Self.words(TransportFailure(error, hasBegunToAnswer: false))
    #expect(words.hasPrefix(expected), "\(words)")
  }

  @Test(arguments: table.indices)
  func anAnswerThatBreaksWasAnswerToSomething(_ place: Int) {
    switch TransportFailure(Self.table[place].0, hasBegunToAnswer: true) {
    case .timedOut, .interrupted: return
    case let failure: Issue.record("\(failure)")
    }
  }

  private static func words(_ failure: TransportFailure) -> String {
    let kind =
      switch failure {
      case .notSent: "notSent"
      case .untrusted: "untrusted"
      case .timedOut: "timedOut"
      case .interrupted: "interrupted"
      case .refused: "refused"
      }
    return "\(kind) \(failure.reason)"
  }
}
