/// Names such as `api_token` whose values are probably credentials.
package enum CredentialName {
  /// `true` iff a value of this name is probably a credential.
  package static func fits(_ name: String) -> Bool {
    let letters = name.lowercased().utf8.reversed().lazy.filter { !"_- ".utf8.contains($0) }
    return words.contains { letters.starts(with: $0.utf8.reversed()) }
  }

  private static let words = [
    "token", "secret", "password", "passwd", "passphrase", "apikey", "privatekey", "credential",
    "credentials",
  ]
}
