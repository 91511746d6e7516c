/// Names such as `api_token` whose values are probably credentials.
package enum CredentialName {
  /// `true` iff a value of this name is probably a credential.
  package static func fits(_ name: String) -> Bool {
    let letters: [UInt8] = name.lowercased().utf8.filter { $0 != 0x5F && $0 != 0x2D && $0 != 0x20 }
    return words.contains { letters.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  private static let words = [
    "token", "secret", "password", "passwd", "passphrase", "apikey", "privatekey", "credential",
    "credentials",
  ]
}
