import Glibc
import Text

/// Shows output that is longer than the screen in the user's pager, `$PAGER`.
struct Pager {
  let host: Host

  /// With these options `less` shows colours, exits if one screen is enough, and leaves the text on
  /// the screen.
  private static let standard = "less -FRX"

  @MainActor func show(_ text: String) {
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
    guard let rows = host.height, lines >= rows, let command else {
      return host.output.writeData(text)
    }
    host.output.clearProgress()
    let code = ChildProcess.run(
      ["/bin/sh", "-c", command], input: text.escapingForTerminal(),
      environment: host.environment)
    guard code != 0 else { return }
    host.output.writeData(text)
    host.output.writeTalk(
      "warning: the pager `\(command)` failed; set PAGER to another pager")
  }

  /// The command to run; `nil` if the user wants no pager.
  private var command: String? {
    let wanted = host.environment["PAGER"] ?? Self.standard
    return ["", "cat"].contains(wanted.trimmed) ? nil : wanted
  }
}
