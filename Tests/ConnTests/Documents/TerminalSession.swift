import Foundation
import Simulator
import TestSupport
import Testing

/// A user who types commands on a terminal, in a directory and on a simulated workspace of their
/// own. The commands share the state that the program keeps.
struct TerminalSession {
  private let server: SimulatedServer
  private let desk: URL
  private let home: URL
  private let columns: Int
  private let variables: [String: String]

  init(columns: Int = 100, _ variables: [String: String] = [:]) async throws {
    server = try await SimulatedServer.start()
    desk = try Program.makeDesk()
    home = try Program.makeScratch()
    self.columns = columns
    self.variables = variables
  }

  func end() async throws {
    try await server.stop()
    for url in [desk, home] { try? FileManager.default.removeItem(at: url) }
  }

  /// Returns the screen that a command leaves. Each answer is typed when the program asks.
  func run(_ command: String, answers: [String] = []) throws -> Screen {
    let terminal = try PseudoTerminal(
      ["-c", "cd \(desk.path) && { \(command)\n}"], environment: environment,
      program: "/bin/bash", rows: 200, columns: columns)
    for answer in answers {
      let isAsked = terminal.waitToSee { $0.line.contains(#/(\[y/N\]|to continue:)$/#) }
      #expect(isAsked, "no question in:\n\(terminal.seen.text)")
      terminal.type(answer + "\r")
    }
    #expect(terminal.exitCode() != nil, "no end in:\n\(terminal.seen.text)")
    _ = terminal.waitToSee { _ in false }
    try #require(terminal.seen.unknown == [])
    return terminal.seen
  }

  private var environment: [String: String] {
    Program.environment(
      [
        "WORKATO_HOST": server.url, "WORKATO_API_TOKEN": server.token, "HOME": home.path,
        "XDG_CONFIG_HOME": home.appending(path: ".config").path,
        "XDG_STATE_HOME": home.appending(path: ".local/state").path,
        "TERM": "xterm", "LC_ALL": "C.UTF-8", "PAGER": "cat",
      ].merging(variables) { $1 })
  }
}
