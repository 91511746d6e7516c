/// Names such as `api_token` whose values are probably credentials.
package enum CredentialName {
  /// `true` iff a value of this name is probably a credential.
  package static func fits(_ name: String) -> Bool {
    let name = name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    return words.contains { name.hasSuffix($0) }
  }

  private static let words = [
    "token", "secret", "password", "passwd", "passphrase", "apikey", "privatekey", "credential",
    "credentials",
  ]
}
