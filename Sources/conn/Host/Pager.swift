import Execution
import Glibc
import Text

/// Shows output that is longer than the screen in the user's pager, `$PAGER`.
struct Pager {
  let host: Host
  var stream = Stream.results

  /// The stream whose terminal shows the text.
  enum Stream { case results, messages }

  /// With these options `less` shows colours, exits if one screen is enough, and leaves the text on
  /// the screen.
  private static let standard = "less -FRX"

  @MainActor func show(_ text: String) {
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
    guard let height, lines >= height, let command else { return write(text) }
    host.output.clearProgress()
    let code = ChildProcess.run(
      ["/bin/sh", "-c", command], input: text.escapingForTerminal(), output: descriptor,
      environment: host.childEnvironment)
    guard code != 0 else { return }
    write(text)
    host.output.writeTalk(
      "warning: the pager `\(command)` failed; set PAGER to another pager")
  }

  private var height: Int? { stream == .results ? host.height : host.screen?.rows }

  private var descriptor: Int32 {
    stream == .results ? host.output.output : host.output.errors
  }

  private func write(_ text: String) {
    switch stream {
    case .results: host.output.writeData(text)
    case .messages: host.output.writeTalk(text.trimmingNewlines)
    }
  }

  /// The command to run; `nil` if the user wants no pager.
  private var command: String? {
    let wanted = host.environment["PAGER"] ?? Self.standard
    return ["", "cat"].contains(wanted.trimmed) ? nil : wanted
  }
}
