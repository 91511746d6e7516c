import Foundation
import TestSupport

/// A session as text: lines that begin with `$ ` are input; behind each stand its stdout, its
/// stderr with `! ` before each line, and `? N` where the exit code is not 0. `## ` is a comment.
enum Transcript {
  /// Returns the session with what the program says now.
  static func replay(_ text: String) throws -> String {
    try text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { $0.hasPrefix("$ ") || $0.hasPrefix("## ") }
      .map { try replayLine(String($0)) }
      .joined()
  }

  private static func replayLine(_ line: String) throws -> String {
    guard line.hasPrefix("$ ") else { return "\n" + line + "\n" }
    let result = try Program.shell(String(line.dropFirst(2)))
    let errors = result.errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { "! \($0)\n" }.joined()
    let code = result.exitCode == 0 ? "" : "? \(result.exitCode)\n"
    return line + "\n" + normalized(result.output + errors) + code
  }

  /// Ports and seconds differ from run to run.
  private static func normalized(_ text: String) -> String {
    text.replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:PORT")
      .replacing(/, \d+ s\./, with: ", N s.")
      .replacing("\r\n", with: "\n")
      .replacing(/[ ]+\n/, with: "\n")
  }
}
