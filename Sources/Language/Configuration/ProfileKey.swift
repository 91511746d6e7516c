/// A setting of a profile: its name, what it takes, and a line of help.
package struct ProfileKey: Sendable {
  package let name: String
  package let kind: Kind
  package let help: String
  /// A right value, as the configuration writes it.
  package let example: String

  package enum Kind: Hashable, Sendable {
    case region
    case address
    case token
    case flag
    case predicate
    /// A whole number from 0 up to a limit, where there is one.
    case count(most: Int?)
    /// A whole number of writes a second.
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

extension ProfileKey {
  /// Every setting, in the order in which they are shown.
  package static let table: [ProfileKey] = [
    ProfileKey("region", .region, "\"eu\"", "the region whose host is called"),
    ProfileKey(
      "host", .address, "\"https://www.workato.com\"",
      "the host, where it is not that of a region"),
    ProfileKey(
      "token", .token, "secret(\"env:WORKATO_EU_TOKEN\")",
      "where the token is kept: `env:NAME`, `file:/PATH` or `cmd:ARGV`; "
        + "without it `WORKATO_API_TOKEN` is read"),
    ProfileKey(
      "production", .flag, "true", "confirmations ask for the host, however few the rows are"),
    ProfileKey("read_only", .flag, "true", "every write is refused"),
    ProfileKey(
      "protect", .predicate, "tags has \"do-not-touch\"",
      "no write may touch a connection that satisfies it"),
    ProfileKey("max_writes", .count(most: nil), "500", "the most writes of one run"),
    ProfileKey(
      "max_percent", .count(most: 100), "25", "the most percent of the workspace in one run"),
    ProfileKey("rate", .rate, "1", "writes a second, where the quota allows more than one"),
    ProfileKey(
      "output", .format, "\"table\"", "how results are shown, where `--output` does not say"),
  ]

  package static func named(_ name: String) -> ProfileKey? { table.first { $0.name == name } }

  /// What the setting takes, as a type of the language.
  package var type: String {
    switch kind {
    case .region, .address, .format: "string"
    case .token: "secret"
    case .flag, .predicate: "bool"
    case .count, .rate: "int"
    }
  }
}
