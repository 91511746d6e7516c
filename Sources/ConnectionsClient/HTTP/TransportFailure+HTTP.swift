import API
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
  import Glibc
#endif

extension TransportFailure {
  /// Classifies an error of the HTTP client. Only errors before the connection is established prove
  /// that no byte of the request was sent; later ones leave it open.
  package init(_ error: any Error, hasBegunToAnswer: Bool) {
    self = (hasBegunToAnswer ? nil : Self.unsent(error)) ?? Self.sent(error)
  }

  /// Returns `nil` for an error that may occur after the request was sent.
  private static func unsent(_ error: any Error) -> TransportFailure? {
    switch error {
    case let error as HTTPClientError where neverSent.contains(error): unsent(saying: error)
    case is NIOConnectionError: unsent(saying: error)
    case let error as IOError where error.errnoCode == ECONNREFUSED: unsent(saying: error)
    case let error as NIOSSLError: unsent(error)
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      .untrusted(NetworkErrorText.of(error))
    default: nil
    }
  }

  private static func unsent(saying error: any Error) -> TransportFailure {
    .notSent(NetworkErrorText.of(error))
  }

  /// Classifies TLS errors. The handshake precedes the request; an unclean shutdown or an alert during
  /// the answer follows it. A bad certificate is not a transient failure.
  private static func unsent(_ error: NIOSSLError) -> TransportFailure? {
    switch error {
    case .handshakeFailed(let cause) where "\(cause)".contains("CERTIFICATE_VERIFY_FAILED"):
      .untrusted(NetworkErrorText.untrusted)
    case .handshakeFailed(let cause) where isOutdated("\(cause)"):
      .untrusted(NetworkErrorText.outdated)
    case .handshakeFailed: unsent(saying: error)
    case .noCertificateToValidate, .unableToValidateCertificate:
      .untrusted(NetworkErrorText.untrusted)
    default: nil
    }
  }

  /// `true` iff the two sides have no version of TLS in common, by the name of BoringSSL's error.
  private static func isOutdated(_ cause: String) -> Bool {
    cause.contains("UNSUPPORTED_PROTOCOL") || cause.contains("ALERT_PROTOCOL_VERSION")
  }

  private static func sent(_ error: any Error) -> TransportFailure {
    if let error = error as? HTTPClientError, tooLate.contains(error) {
      return .timedOut(NetworkErrorText.of(error))
    }
    return isUnreadable(error)
      ? .unreadable(NetworkErrorText.of(error)) : .interrupted(NetworkErrorText.of(error))
  }

  /// `true` iff the server's answer is at fault, so that asking again is pointless.
  private static func isUnreadable(_ error: any Error) -> Bool {
    switch error {
    case is BodyProblem, is AnswerProblem, is NIOHTTPDecoderError: true
    case let error as HTTPParserError: error != .invalidEOFState
    default: false
    }
  }

  /// Client errors that occur before the connection is established.
  private static let neverSent: [HTTPClientError] = [
    .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .invalidURL, .emptyHost,
    .httpProxyHandshakeTimeout, .proxyAuthenticationRequired, .invalidProxyResponse,
  ]

  private static let tooLate: [HTTPClientError] = [.deadlineExceeded, .readTimeout]
}
