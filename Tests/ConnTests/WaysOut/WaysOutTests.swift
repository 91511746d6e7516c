import Foundation
import Simulator
import TestSupport
import Testing

import Text

/// Hostile text of every kind on every way to a terminal. It prints the number of pairs.
@Suite(.ownThread) struct WaysOutTests {
  private static let isWhole = ProcessInfo.processInfo.environment["CONN_LONG"] == "text"

  /// Lines of shell in a directory with the texts: as names of connections (`names.json`, in `$DATA`),
  /// columns (`columns.csv`), profiles and files.
  private static let ways =
    ["table", "json", "jsonl", "csv", "markdown"].flatMap { format in
      [
        "conn eval 'list | select id, name, description' $DATA --output \(format)",
        "conn eval 'from \"columns.csv\"' --output \(format)",
      ]
    }
    + ["table", "csv", "markdown", "record"].map { "conn eval 'list | show as \($0)' $DATA" }
    + [
      "conn eval 'list | select tag_titles' $DATA --output table",
      "conn eval 'list | group by name | chart' $DATA",
      "conn eval 'for row in list { print f\"{$row.name}\" }' $DATA",
      "conn eval 'from \"columns.csv\" | show as record'",
      "conn eval 'from \"columns.csv\" | where unknown == 1'",
      "conn eval 'list all | update external_id = f\"{name}2\"' $DATA --preview",
      "conn eval 'list all | update external_id = f\"{name}2\"' $DATA --preview --output csv",
      "conn eval 'list all | update external_id = f\"{name}2\"' $DATA --preview --calls http",
      "conn eval 'list all | update external_id = f\"{name}2\"' $DATA --preview --calls json",
      "conn eval 'list all | update external_id = f\"{name}2\"' $DATA --preview --calls curl",
      "conn eval 'list all | tag \"tag-1\"' $DATA --preview",
      "conn eval 'list | diff from \"names.jsonl\"' $DATA",
      "conn plan --eval 'list all | update external_id = f\"{name}2\"' $DATA -o x.plan; conn show x.plan",
      "conn eval 'list all | delete' $DATA --profile careful --yes",
      "conn profile list; conn profile show nobody",
      "conn check files/*; conn run files/*",
      "for file in files/*FAKED*; do conn eval \"from '$file'\"; done",
    ]

  @Test func nothingHostileReachesATerminal() async throws {
    let hostile = HostileText.names(ofAll: Self.isWhole)
    for part in hostile.parts {
      let desk = try makeDesk(part)
      for way in Self.ways { try expectHarmless(way, in: desk) }
    }
    print("hostile texts × ways to a terminal: \(hostile.texts.count * Self.ways.count) pairs")
  }

  /// The server's own words reach a terminal in errors, reasons, and the tables of past runs.
  @Test(arguments: [401, 422])
  func nothingHostileComesFromTheServer(_ status: Int) async throws {
    let hostile = HostileText.names(ofAll: false)
    let words = try JSONSerialization.data(
      withJSONObject: ["message": hostile.texts.joined(separator: " ")])
    let body = String(decoding: words, as: UTF8.self)
    let server = try await SimulatedServer.start(faults: [
      SimulatorFault(on: .update, times: 9, play: .status(status, body: body)),
      SimulatorFault(on: .delete, times: 9, play: .redirect(location: "https://x/\u{9B}31m")),
    ])
    let desk = try makeDesk(HostileText(texts: []))
    let access = "WORKATO_HOST=\(server.url) WORKATO_API_TOKEN=\(server.token)"
    try expectHarmless(
      "export \(access); conn eval 'get 36 | update name = \"x\"' --yes --verbose; conn runs;"
        + "run=$(conn runs --output jsonl | jq -r .run); conn runs --failed $run --output csv;"
        + "conn show $run; conn eval 'get 37 | delete' --yes --verbose",
      in: desk)
    try await server.stop()
  }

  private func expectHarmless(_ way: String, in desk: URL) throws {
    let output = try shown(way, in: desk)
    #expect(HostileText.traces(in: output) == [], "\(way)")
    // A part may hold only kinds that this way spells otherwise.
    #expect(Self.isWhole || output.contains("\\u"), "shows no text: \(way)\n\(output.prefix(2000))")
  }

  /// Text with hidden characters that belong there is shown as it is.
  @Test(arguments: ["table", "csv", "markdown"])
  func properTextIsShown(_ format: String) async throws {
    let desk = try makeDesk(HostileText(texts: []))
    let output = try shown("conn eval 'list | select name' $DATA --output \(format)", in: desk)
    for text in HostileText.proper { #expect(output.contains(text), "\(output)") }
  }

  /// A question shows the names of what it would change.
  @Test func nothingHostileIsInAQuestion() async throws {
    let desk = try makeDesk(HostileText.names(ofAll: false))
    let terminal = try terminal(
      "conn eval 'list all | update external_id = f\"{name}2\"' $DATA", in: desk, rows: 2000)
    let asked = try #require(terminal.wait(for: "to continue"))
    terminal.type("n\r")
    #expect(terminal.exitCode() == 4)
    #expect(HostileText.traces(in: asked) == [])
    #expect(asked.contains("\\u{202E}"))
  }

  /// A colour in a name isn't taken for one of the program's own.
  @Test(arguments: ["table", "csv", "markdown", "jsonl"])
  func namesHaveNoColours(_ format: String) async throws {
    let desk = try makeDesk(HostileText(texts: ["\u{1B}[31mred", "\u{1B}[0mplain"]))
    let output = try shown(
      "unset NO_COLOR; TERM=xterm conn eval 'list | select name' $DATA --output \(format)", in: desk
    )
    #expect(!output.contains("\u{1B}[31mred") && !output.contains("\u{1B}[0mplain"))
    #expect(output.contains("[31mred") && output.contains("[0mplain"))
  }

  // MARK: The terminal

  private func shown(_ line: String, in desk: URL) throws -> String {
    let terminal = try terminal(line, in: desk, rows: 24)
    _ = try #require(terminal.exitCode(), "\(line)")
    return terminal.screen
  }

  private func terminal(_ line: String, in desk: URL, rows: Int) throws -> PseudoTerminal {
    let variables = Program.environment([
      "XDG_STATE_HOME": desk.appending(path: "state").path, "XDG_CONFIG_HOME": desk.path,
      "NO_COLOR": "1", "TERM": "dumb", "DATA": "--simulator --simulator-data names.json",
    ])
    return try PseudoTerminal(
      ["-c", "cd '\(desk.path)'; \(line)"], environment: variables, program: "/bin/bash",
      rows: rows, columns: 200)
  }

  // MARK: The files

  private func makeDesk(_ hostile: HostileText) throws -> URL {
    let desk = try Program.makeScratch()
    for name in ["conn", "files"] {
      try FileManager.default.createDirectory(
        at: desk.appending(path: name), withIntermediateDirectories: true)
    }
    try hostile.workspace.write(to: desk.appending(path: "names.json"))
    try write(columns(hostile.texts), to: desk.appending(path: "columns.csv"))
    try write(profiles(hostile.texts), to: desk.appending(path: "conn/config.conn"))
    let rows = hostile.texts.indices.map { #"{"id":\#($0 + 1),"name":"other"}"# + "\n" }
    try write(rows.joined(), to: desk.appending(path: "names.jsonl"))
    // One process reads each of them, so a few of each kind will do.
    for name in HostileText.names(ofAll: false).texts.prefix(hostile.texts.count)
    where !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") }) {
      try write("list | nothing\n", to: desk.appending(path: "files/\(name).conn"))
    }
    return desk
  }

  private func write(_ text: String, to file: URL) throws {
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }

  /// A row whose columns have the texts as their names; a number keeps the names apart.
  private func columns(_ texts: [String]) -> String {
    let names = texts.filter { !$0.utf8.contains(0) }.enumerated().map { index, text in
      "\"\(text.replacing("\"", with: "\"\""))\(index)\""
    }
    return names.joined(separator: ",") + "\n" + names.map { _ in "1" }.joined(separator: ",")
      + "\n"
  }

  private func profiles(_ texts: [String]) -> String {
    let profiles = texts.enumerated().map { index, text in
      let name = (text + "\(index)").unicodeScalars.map { scalar in
        scalar.isPrintableASCII && scalar != "\"" && scalar != "\\" ? String(scalar) : scalar.code
      }
      return "profile \"\(name.joined())\" { region = \"eu\" }\n"
    }
    return profiles.joined()
      + "profile \"careful\" { region = \"eu\"; protect = id > 0 and name != \"\" }\n"
  }
}

extension Unicode.Scalar {
  /// The escape with its number, also for line breaks.
  fileprivate var code: String { "\\u{\(String(value, radix: 16))}" }
}
