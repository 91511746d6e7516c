import Glibc

/// Asks for what must not be seen.
enum SecretQuestion {
  @MainActor static func ask(_ question: String) -> String? {
    TerminalModes.restore()
    defer { TerminalModes.hold() }
    return getpass(question).map { String(cString: $0) }
  }
}
