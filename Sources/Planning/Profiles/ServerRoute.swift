import API
import Evaluation

/// The way to a workspace's server: by a proxy or directly, and which certificates are trusted.
///
/// The profile's settings override the variables, but only for the profile's own host. Servers on this
/// machine are never reached by a proxy.
package struct ServerRoute: Sendable {
  private let server: ServerAddress
  private let choice: ProxyChoice?
  private let variable: (name: String, value: String)?
  private let exceptions: ProxyExceptions
  /// The file with the certificates to trust instead of the system's; `nil` for the system's.
  package let certificates: CertificateFile?

  /// A file in PEM, and the setting or variable that names it.
  package struct CertificateFile: Sendable {
    package let path: String
    package let origin: String
  }

  /// The variables that curl reads, in its order; empty ones don't count. Source: curl(1), Environment.
  private static let proxyVariables = ["https_proxy", "HTTPS_PROXY"]
  private static let exceptionVariables = ["no_proxy", "NO_PROXY"]
  private static let certificateVariable = "SSL_CERT_FILE"

  package init(
    to server: ServerAddress, profile: WorkspaceProfile?, environment: [String: String]
  ) {
    let own = profile?.server == server ? profile : nil
    self.server = server
    choice = own?.proxy
    variable = Self.first(Self.proxyVariables, environment)
    exceptions = ProxyExceptions(Self.first(Self.exceptionVariables, environment)?.value ?? "")
    let named = Self.first([Self.certificateVariable], environment)
    let certificates =
      own?.certificatePath.map { CertificateFile(path: $0, origin: "ca_file") }
      ?? named.map { CertificateFile(path: $0.value, origin: $0.name) }
    self.certificates = server.isSecure ? certificates : nil
  }

  private static func first(_ names: [String], _ environment: [String: String])
    -> (name: String, value: String)?
  {
    names.lazy.compactMap { name in environment[name].map { (name, $0) } }.first { !$0.1.isEmpty }
  }

  /// Returns the proxy; `nil` if there is none. Throws with exit code 2 if its address is invalid.
  package func proxy() throws(RunError) -> ProxyAddress? {
    guard server.isSecure, !server.isLoopback, let proxy = try chosen() else { return nil }
    guard !server.isIPv6 else {
      throw RunError(
        .usage, "a server with an IPv6 address can't be reached by a proxy",
        help: "use the server's name, or add the address to NO_PROXY")
    }
    return proxy
  }

  /// `https://app.eu.workato.com`, and the proxy on the way to it.
  package static func title(_ server: ServerAddress, _ proxy: ProxyAddress?) -> String {
    server.base + (proxy.map { " through the proxy \($0)" } ?? "")
  }

  private func chosen() throws(RunError) -> ProxyAddress? {
    switch choice {
    case .direct: return nil
    case .proxy(let address): return address
    case nil: break
    }
    guard let variable, !exceptions.cover(server.hostName) else { return nil }
    do { return try ProxyAddress(variable.value) } catch {
      throw RunError(.usage, "\(variable.name): \(error.description)")
    }
  }
}

/// A profile's choice of a proxy.
package enum ProxyChoice: Sendable {
  case direct
  case proxy(ProxyAddress)

  /// The setting's value that means no proxy, whatever the variables say.
  static let none = "none"

  /// Returns `nil` for a value that the checker rejects.
  init?(_ text: String) {
    if text == Self.none {
      self = .direct
    } else if let address = try? ProxyAddress(text) {
      self = .proxy(address)
    } else {
      return nil
    }
  }

  /// `none`, or the address without credentials.
  package var text: String {
    switch self {
    case .direct: Self.none
    case .proxy(let address): address.description
    }
  }
}
