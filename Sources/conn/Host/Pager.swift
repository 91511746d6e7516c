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
      ["/bin/sh", "-c", command], input: input(of: command, text), output: descriptor,
      environment: host.childEnvironment)
    guard code != 0 else { return }
    write(text)
    host.output.writeTalk(
      "warning: the pager `\(command)` failed; set PAGER to another pager")
  }

  /// The text for a pager: `less` shows escape codes as text unless an option says otherwise.
  private func input(of command: String, _ text: String) -> String {
    let words = command.split(separator: " ")
    let options =
      words.dropFirst().filter { $0.hasPrefix("-") } + [(host.environment["LESS"] ?? "")[...]]
    let isLess = words.first?.split(separator: "/").last == "less"
    let escaped = text.escapingForTerminal()
    let isPlain = isLess && !options.contains { $0.contains("R") || $0.contains("r") }
    return isPlain ? escaped.withoutStyles : escaped
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
