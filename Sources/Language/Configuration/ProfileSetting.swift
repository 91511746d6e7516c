/// A setting of a profile: its name, the values it accepts, and a line of help.
package struct ProfileSetting: Sendable {
  package let name: String
  package let kind: Kind
  package let help: String
  /// A valid value, as written in the configuration.
  package let example: String

  package enum Kind: Hashable, Sendable {
    case region
    case address
    case token
    case proxy
    case path
    case flag
    case predicate
    /// A whole number from 0 up to a limit, if there is one.
    case count(most: Int?)
    /// A whole number of writes per second.
    case rate
    case format
  }

  private init(_ name: String, _ kind: Kind, _ example: String, _ help: String) {
    self.name = name
    self.kind = kind
    self.help = help
    self.example = example
  }
}

extension ProfileSetting {
  /// All settings, in display order.
  package static let table: [ProfileSetting] = [
    ProfileSetting("region", .region, "\"eu\"", "region of the workspace; determines the host"),
    ProfileSetting(
      "host", .address, "\"https://www.workato.com\"",
      "host, for installations outside the regions"),
    ProfileSetting(
      "token", .token, "secret(\"env:WORKATO_EU_TOKEN\")",
      "where the token is stored: `env:NAME`, `file:/PATH` or `cmd:ARGV` "
        + "(default: `env:WORKATO_API_TOKEN`)"),
    ProfileSetting(
      "proxy", .proxy, "\"http://proxy.example:3128\"",
      "HTTP proxy for the host, or `\"none\"` (default: `HTTPS_PROXY` and `NO_PROXY`)"),
    ProfileSetting(
      "ca_file", .path, "\"/etc/ssl/company.pem\"",
      "PEM file with the certificates to trust (default: `SSL_CERT_FILE`, or the system's)"),
    ProfileSetting(
      "production", .flag, "true",
      "require the profile's name to confirm a write, however few the rows"),
    ProfileSetting("read_only", .flag, "true", "refuse every write"),
    ProfileSetting(
      "protect", .predicate, "tags has \"do-not-touch\"",
      "never change a connection that matches this condition"),
    ProfileSetting("max_writes", .count(most: nil), "500", "maximum writes per run"),
    ProfileSetting(
      "max_percent", .count(most: 100), "25", "maximum percentage of the workspace changed per run"),
    ProfileSetting("rate", .rate, "1", "writes per second, if the quota allows more than 1"),
    ProfileSetting(
      "output", .format, "\"table\"", "output format if `--output` isn't given"),
  ]

  package static func named(_ name: String) -> ProfileSetting? { table.first { $0.name == name } }

  /// The type of the setting's values, by its name in the language.
  package var type: String {
    switch kind {
    case .region, .address, .format, .proxy, .path: "string"
    case .token: "secret"
    case .flag, .predicate: "bool"
    case .count, .rate: "int"
    }
  }
}
