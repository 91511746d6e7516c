import Glibc
import Text

/// Shows output that is longer than the screen in the user's pager, `$PAGER`.
enum Pager {
  /// With these options `less` shows colours, exits if one screen is enough, and leaves the text on
  /// the screen.
  private static let standard = "less -FRX"

  @MainActor static func show(_ text: String) {
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
    guard let rows = TerminalStyle.height, lines >= rows, let command else {
      return StandardOutput.shared.writeData(text)
    }
    StandardOutput.shared.clearProgress()
    guard ChildProcess.run(["/bin/sh", "-c", command], input: text.escapingForTerminal()) != 0
    else {
      return
    }
    StandardOutput.shared.writeData(text)
    StandardOutput.shared.writeTalk(
      "warning: the pager `\(command)` failed; set PAGER to another pager")
  }

  /// The command to run; `nil` if the user wants no pager.
  private static var command: String? {
    let wanted = ProcessEnvironment.read()["PAGER"] ?? standard
    return ["", "cat"].contains(wanted.trimmed) ? nil : wanted
  }
}
