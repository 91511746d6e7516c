import ArgumentParser
import Language
import Text

/// `conn complete`, which the files in `completions` call when Tab is pressed. It prints a line for
/// each candidate: the text and, after a tab, a description.
struct CompleteCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Print what a word of a command line may become.",
    shouldDisplay: false
  ).belowConn

  @Option(parsing: .unconditional, help: "For bash: the line up to the cursor.")
  var line: String?
  @Option(parsing: .unconditional, help: "For bash: the end of the line, which it will replace.")
  var replacing = ""
  @Argument(parsing: .postTerminator, help: "The words after conn up to the cursor.")
  var words: [String] = []

  func run(on host: Host) async throws {
    let completer = CommandCompleter(host: host, program: Conn.syntax)
    let line = line.map(ShellLine.init)
    for candidate in completer.candidates(line?.words ?? words) {
      let text = line.map { $0.insertion(candidate.text, for: replacing) } ?? candidate.text
      if let text { host.output.data("\(text)\t\(Self.brief(candidate.detail))\n") }
    }
  }

  /// Maximum length of a description.
  private static let most = 80

  private static func brief(_ detail: String) -> String { detail.onOneLine.truncated(to: most) }
}
