import Glibc

/// Asks for what must not be seen.
enum SecretQuestion {
  @MainActor static func ask(_ question: String) -> String? {
    TerminalModes.restore()
    defer { TerminalModes.hold() }
    let typed = getpass(question).map { String(cString: $0) }
    // Behind a Ctrl-C nothing that was typed is meant.
    return Interruption.isRequested ? nil : typed
  }
}
