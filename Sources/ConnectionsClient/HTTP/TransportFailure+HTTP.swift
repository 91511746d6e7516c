import API
import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
  import Glibc
#endif

extension TransportFailure {
  /// Reads an error of the HTTP client. Only what comes before a connection stands is proof that
  /// no byte of the request was sent: behind that, whatever is thrown leaves it open.
  package init(_ error: any Error, hasBegunToAnswer: Bool) {
    self = (hasBegunToAnswer ? nil : Self.unsent(error)) ?? Self.sent(error)
  }

  /// Returns `nil` for an error that may come after the request was sent.
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

  /// An answer that ends without a word of TLS, or an alert in the middle of one, comes later than
  /// the request; the handshake comes before it. A certificate that does not hold is no accident of
  /// the network.
  private static func unsent(_ error: NIOSSLError) -> TransportFailure? {
    switch error {
    case .handshakeFailed(let cause) where "\(cause)".contains("CERTIFICATE_VERIFY_FAILED"):
      .untrusted(NetworkErrorText.untrusted)
    case .handshakeFailed: unsent(saying: error)
    case .noCertificateToValidate, .unableToValidateCertificate:
      .untrusted(NetworkErrorText.untrusted)
    default: nil
    }
  }

  private static func sent(_ error: any Error) -> TransportFailure {
    if let error = error as? HTTPClientError, tooLate.contains(error) {
      return .timedOut(NetworkErrorText.of(error))
    }
    return .interrupted(NetworkErrorText.of(error))
  }

  /// The client's errors that come before a connection stands.
  private static let neverSent: [HTTPClientError] = [
    .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .invalidURL, .emptyHost,
  ]

  private static let tooLate: [HTTPClientError] = [.deadlineExceeded, .readTimeout]
}
