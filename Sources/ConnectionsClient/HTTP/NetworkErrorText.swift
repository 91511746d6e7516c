import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

#if canImport(Glibc)
  import Glibc
#endif

/// What a person is told of an error of the HTTP client, in the place of the library's own words.
enum NetworkErrorText {
  static let untrusted = "the server's certificate is not trusted"

  static func of(_ error: any Error) -> String {
    switch error {
    case let error as HTTPClientError: client.first { $0.0 == error }?.1 ?? unnamed(error)
    case let error as NIOConnectionError: of(error)
    case let error as IOError: system(error.errnoCode)
    case NIOSSLError.handshakeFailed: "the server's TLS handshake failed"
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      "the server's certificate is for another name"
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: "the TLS connection broke"
    case is NIOTooManyBytesError: tooLarge
    case NIOHTTPDecompression.DecompressionError.limit: tooLarge
    case is NIOHTTPDecompression.DecompressionError: "the answer cannot be unpacked"
    case is HTTPParserError: "the answer is not HTTP"
    case is CancellationError: "interrupted"
    default: unnamed(error)
    }
  }

  private static let tooLarge = "the answer is too large"

  /// What nothing better is known of; the name is for whoever looks for the cause.
  private static func unnamed(_ error: any Error) -> String {
    "the connection broke (\(type(of: error)))"
  }

  /// The client's own errors; others are not to be expected.
  private static let client: [(HTTPClientError, String)] = [
    (.connectTimeout, "no connection within 10 s"),
    (.getConnectionFromPoolTimeout, "no connection within 10 s"),
    (.tlsHandshakeTimeout, "the server's TLS handshake took too long"),
    (.deadlineExceeded, "no answer within 60 s"), (.readTimeout, "no answer within 60 s"),
    (.writeTimeout, "the server took too long to read the request"),
    (.remoteConnectionClosed, "the server closed the connection"),
    (.uncleanShutdown, "the server broke its answer off"),
    (.cancelled, "interrupted"), (.requestStreamCancelled, "interrupted"),
    (.alreadyShutdown, "interrupted"),
    (.invalidURL, "the server's address is no URL"),
    (.emptyScheme, "the server's address is no URL"),
    (.emptyHost, "the server's address has no host"),
  ]

  // MARK: Connecting

  private static func of(_ error: NIOConnectionError) -> String {
    let causes = error.connectionErrors.compactMap { ($0.error as? IOError)?.errnoCode }
    return unreached(error.host, error.port, causes, isKnown: !error.connectionErrors.isEmpty)
  }

  /// `causes` are the `errno`s of the addresses that were tried; a name that `isKnown` has some.
  static func unreached(_ host: String, _ port: Int, _ causes: [Int32], isKnown: Bool) -> String {
    guard isKnown else { return "no address is known for the name `\(host)`" }
    return "cannot reach \(host):\(port)" + (causes.first.map { ": \(system($0))" } ?? "")
  }

  // MARK: The system

  private static let causes: [Int32: String] = [
    ECONNREFUSED: "connection refused",
    ECONNRESET: "the server reset the connection",
    ECONNABORTED: "the connection was broken off",
    EPIPE: "the server closed the connection",
    ENOTCONN: "the server closed the connection",
    ETIMEDOUT: "the server does not answer",
    EHOSTUNREACH: "no way leads to the server",
    ENETUNREACH: "no way leads to the server's network",
    ENETDOWN: "the network is down",
    EADDRNOTAVAIL: "no local port is left",
    EMFILE: "too many files are open", ENFILE: "too many files are open",
    EACCES: "the system does not permit the connection",
    EPERM: "the system does not permit the connection",
  ]

  /// The system's own word where the table has none.
  private static func system(_ code: Int32) -> String {
    causes[code] ?? "the connection broke (\(String(cString: strerror(code))))"
  }
}
