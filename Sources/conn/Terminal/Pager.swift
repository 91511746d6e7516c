import Glibc
import Text

/// Shows what is longer than the screen with the person's pager.
enum Pager {
  /// `less` shows colours, ends by itself where a page is enough, and leaves it on the screen.
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
      "warning: the pager `\(command)` failed; set PAGER to another one")
  }

  /// `nil` where none is wanted.
  private static var command: String? {
    let wanted = ProcessEnvironment.read()["PAGER"] ?? standard
    return ["", "cat"].contains(wanted.trimmed) ? nil : wanted
  }
}
