import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
  import Glibc
#endif

/// Translates errors of the HTTP client and the system into messages for people.
enum NetworkErrorText {
  static let untrusted = "the server's certificate is not trusted"
  static let outdated = "the server offers no TLS 1.2 or newer"

  static func of(_ error: any Error) -> String {
    switch error {
    case let error as HTTPClientError: client.first { $0.0 == error }?.1 ?? broken
    case let error as NIOConnectionError: of(error)
    case let error as IOError: system(error.errnoCode)
    case NIOSSLError.handshakeFailed: "the server's TLS handshake failed"
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      "the server's certificate is for another name"
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: "the TLS connection broke"
    case let error as BodyProblem: body(error)
    case let error as AnswerProblem: answer(error)
    case is HTTPParserError, is NIOHTTPDecoderError: "the answer is not HTTP"
    case is CancellationError: "interrupted"
    default: broken
    }
  }

  /// The message for any other error. The names of the libraries' errors mean nothing to people.
  private static let broken = "the connection broke"

  private static func body(_ problem: BodyProblem) -> String {
    switch problem {
    case .tooLarge: "the answer is too large"
    case .malformed: "can't decompress the answer"
    case .truncated: "the compressed answer was cut short"
    }
  }

  private static func answer(_ problem: AnswerProblem) -> String {
    switch problem {
    case .status: "the answer is not HTTP"
    case .interim: "the server sent more than \(AnswerGuard.interimLimit) interim answers"
    case .headers: "the headers of the answer are too large"
    }
  }

  /// The client's errors that can occur.
  private static let client: [(HTTPClientError, String)] = [
    (.connectTimeout, "no connection within 10 s"),
    (.getConnectionFromPoolTimeout, "no connection within 10 s"),
    (.tlsHandshakeTimeout, "the server's TLS handshake took too long"),
    (.httpProxyHandshakeTimeout, "the proxy didn't answer within 10 s"),
    (.proxyAuthenticationRequired, "the proxy wants another user name and password"),
    (.invalidProxyResponse, "the proxy refused to connect to the server"),
    (.deadlineExceeded, "no answer within 60 s"), (.readTimeout, "no answer within 60 s"),
    (.writeTimeout, "the server took too long to read the request"),
    (.remoteConnectionClosed, "the server closed the connection"),
    (.uncleanShutdown, "the server cut its answer short"),
    (.cancelled, "interrupted"), (.requestStreamCancelled, "interrupted"),
    (.alreadyShutdown, "interrupted"),
    (.invalidURL, "the server's address is not a URL"),
    (.emptyScheme, "the server's address is not a URL"),
    (.emptyHost, "the server's address has no host"),
  ]

  // MARK: Connecting

  private static func of(_ error: NIOConnectionError) -> String {
    let causes = error.connectionErrors.compactMap { ($0.error as? IOError)?.errnoCode }
    return unreached(error.host, error.port, causes, isKnown: !error.connectionErrors.isEmpty)
  }

  /// `causes` are the `errno`s of the addresses tried; `isKnown` is `false` if the name has none.
  static func unreached(_ host: String, _ port: Int, _ causes: [Int32], isKnown: Bool) -> String {
    guard isKnown else { return "host not found: `\(host)`" }
    return "can't reach \(host):\(port)" + (causes.first.map { ": \(system($0))" } ?? "")
  }

  // MARK: The system

  private static let causes: [Int32: String] = [
    ECONNREFUSED: "connection refused",
    ECONNRESET: "the server reset the connection",
    ECONNABORTED: "the connection was aborted",
    EPIPE: "the server closed the connection",
    ENOTCONN: "the server closed the connection",
    ETIMEDOUT: "the server doesn't answer",
    EHOSTUNREACH: "no route to host",
    ENETUNREACH: "network unreachable",
    ENETDOWN: "the network is down",
    EADDRNOTAVAIL: "no local port available",
    EMFILE: "too many open files", ENFILE: "too many open files",
    EACCES: "connection not permitted",
    EPERM: "connection not permitted",
  ]

  /// The message for an `errno`; falls back to the system's own.
  private static func system(_ code: Int32) -> String {
    causes[code] ?? "the connection broke (\(String(cString: strerror(code))))"
  }
}
