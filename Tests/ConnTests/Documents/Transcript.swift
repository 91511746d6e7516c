import Foundation
import TestSupport

/// A session as text: lines that begin with `$ ` are input; each is followed by its stdout, its
/// stderr with `! ` before each line, and `? N` where the exit code is not 0. `## ` is a comment.
/// The lines of a session share one `$XDG_CONFIG_HOME`, empty at first.
enum Transcript {
  /// Returns the session with the program's current output. Its lines share a directory, and what
  /// the program keeps of the past.
  static func replay(_ text: String) async throws -> String {
    let desk = try Program.makeDesk()
    let home = try Program.makeScratch()
    defer { for url in [desk, home] { try? FileManager.default.removeItem(at: url) } }
    var replayed = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false)
    where line.hasPrefix("$ ") || line.hasPrefix("## ") {
      replayed += try await replayLine(String(line), desk, home)
        .replacing(home.path, with: "$XDG_CONFIG_HOME")
    }
    return replayed
  }

  private static func replayLine(_ line: String, _ desk: URL, _ home: URL) async throws -> String {
    guard line.hasPrefix("$ ") else { return "\n" + line + "\n" }
    let result = try await Program.run(
      String(line.dropFirst(2)), in: desk,
      environment: [
        "XDG_CONFIG_HOME": home.path, "XDG_STATE_HOME": home.appending(path: "state").path,
      ])
    let errors = result.errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { "! \($0)\n" }.joined()
    let code = result.exitCode == 0 ? "" : "? \(result.exitCode)\n"
    return line + "\n" + normalized(result.output + errors) + code
  }

  /// Ports, times, rates and plans differ from run to run.
  static func normalized(_ text: String, port: String = "PORT") -> String {
    text.replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:\(port)")
      .replacing(/, \d+ s\./, with: ", N s.")
      .replacing(/, \d+ ms\./, with: ", N ms.")
      .replacing(/(?m)^Plan [0-9a-f]{12}$/, with: "Plan HASH")
      .replacing(/\d+\.\d\d\/s/, with: "N/s")
      .replacing(/(?m)^  (now\(\)|created|expires|started|ended)( +)\d{4}-[^ \n]+Z/) {
        "  \($0.1)\($0.2)TIME"
      }
      .replacing("\r\n", with: "\n")
      .replacing(/[ ]+\n/, with: "\n")
  }
}
