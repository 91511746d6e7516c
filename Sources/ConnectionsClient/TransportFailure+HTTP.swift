import AsyncHTTPClient
import NIOCore
import NIOHTTP1
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
    case let error as HTTPClientError where neverSent.contains(error): .notSent(words(error))
    case let error as NIOConnectionError: .notSent("cannot reach \(error.host):\(error.port)")
    case let error as IOError where error.errnoCode == ECONNREFUSED: .notSent("connection refused")
    case let error as NIOSSLError: unsent(error)
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      .untrusted("TLS: \(error)")
    default: nil
    }
  }

  /// An answer that ends without a word of TLS, or an alert in the middle of one, comes later than
  /// the request; the handshake comes before it. A certificate that does not hold is no accident of
  /// the network.
  private static func unsent(_ error: NIOSSLError) -> TransportFailure? {
    switch error {
    case .handshakeFailed(let cause) where "\(cause)".contains("CERTIFICATE_VERIFY_FAILED"):
      .untrusted("the server's certificate is not trusted")
    case .handshakeFailed: .notSent("the server's TLS handshake failed")
    case .noCertificateToValidate, .unableToValidateCertificate:
      .untrusted("the server's certificate is not trusted")
    default: nil
    }
  }

  private static func sent(_ error: any Error) -> TransportFailure {
    switch error {
    case is NIOTooManyBytesError: .interrupted("the answer is too large")
    case let error as HTTPClientError where tooLate.contains(error): .timedOut(words(error))
    case let error as HTTPClientError: .interrupted(words(error))
    case let error as IOError: .interrupted(error.description)
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      .interrupted("the TLS connection broke: \(error)")
    default: .interrupted("\(error)")
    }
  }

  /// The client's errors that come before a connection stands.
  private static let neverSent: [HTTPClientError] = [
    .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .invalidURL, .emptyHost,
  ]

  private static let tooLate: [HTTPClientError] = [.deadlineExceeded, .readTimeout]

  private static func words(_ error: HTTPClientError) -> String {
    switch error {
    case .connectTimeout: "no connection within 10 s"
    case .deadlineExceeded, .readTimeout: "no answer within 60 s"
    case .remoteConnectionClosed: "the server closed the connection"
    default: error.shortDescription
    }
  }
}
