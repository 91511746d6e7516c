import Foundation
import Inspection
import TestSupport
import Testing

@testable import conn

/// The manual pages in `man`.
@Suite struct ManualTests {
  private static let pages = [
    "man/conn.1": ProgramManual.text, "man/conn-language.7": LanguageManual.text,
    "man/conn-config.5": ConfigurationManual.text,
  ]

  @Test(arguments: pages.keys)
  func pageIsGeneratedFromTheTables(_ path: String) throws {
    try Golden.expect(try #require(Self.pages[path]), at: Pages.page(path))
  }

  @Test(arguments: CommandPages.texts.keys)
  func pageOfACommandIsGeneratedFromItsHelp(_ path: String) throws {
    try FileManager.default.createDirectory(
      at: Pages.page("docs/commands"), withIntermediateDirectories: true)
    try Golden.expect(try #require(CommandPages.texts[path]), at: Pages.page(path))
  }

  /// A command that was removed leaves no page behind, and each page names others.
  @Test func everyPageOfACommandHasItsCommand() {
    let names = Golden.files(in: "docs/commands", ending: ".md").map {
      "docs/commands/\($0.lastPathComponent)"
    }
    #expect(Set(names) == Set(CommandPages.texts.keys))
    #expect(Set(CommandPages.related.keys) == Set(Conn.syntax.shownSubcommands.map(\.name)))
  }

  /// Everything that the help says is on the page.
  @Test func pageOfACommandSaysWhatTheHelpSays() throws {
    for command in Conn.syntax.shownSubcommands {
      let page = try #require(CommandPages.texts["docs/commands/\(command.name).md"])
      let arguments = command.arguments + command.shownSubcommands.flatMap(\.arguments)
      let texts = [command.summary] + arguments.flatMap { $0.names + [$0.summary] }
      let shown = Self.plain(page.replacing("\\", with: ""))
      let hidden = ["--help", "--version", "-h", "Show help information.", "Show the version."]
      let missing = texts.filter { !hidden.contains($0) && !shown.contains(Self.plain($0)) }
      #expect(missing == [], "\(command.name)")
    }
  }

  @Test(arguments: pages.keys)
  func pageHasNothingThatMandocComplainsAbout(_ path: String) async throws {
    let result = try await Program.shell("mandoc -Tlint \(path)")
    #expect(result.output == "")
    #expect(result.errors == "")
    #expect(result.exitCode == 0)
  }

  /// No character is lost or changed on the way through the macros.
  @Test func readersSeeWhatHelpShows() async throws {
    try await expectShown("man/conn.1", Conn.syntax.shownSubcommands.map { "conn \($0.name)" })
    try await expectShown(
      "man/conn.1", Conn.syntax.shownSubcommands.flatMap(\.options).flatMap(\.names))
    try await expectShown("man/conn.1", HelpTable.exitCodes.entries.map(\.summary))
    try await expectShown("man/conn.1", Conn.examples)
    let language = HelpTable.language.flatMap(\.entries)
    try await expectShown("man/conn-language.7", language.map(\.signature))
    try await expectShown(
      "man/conn-language.7",
      language.flatMap(\.examples).flatMap { $0.text.split(separator: "\n").map(String.init) })
    try await expectShown(
      "man/conn-config.5", HelpTable.settings.entries.flatMap { [$0.signature, $0.summary] })
  }

  /// Expects texts on a page that is 1,000 columns wide.
  private func expectShown(_ path: String, _ texts: [String]) async throws {
    let shown = try await Program.shell("mandoc -Tutf8 -O width=1000 \(path) | col -bx")
    let page = Self.plain(shown.output)
    #expect(!texts.isEmpty)
    let missing = texts.filter { !page.contains(Self.plain($0)) }
    #expect(missing == [], "\(path)")
  }

  /// Returns the text without backticks, and with single spaces.
  private static func plain(_ text: String) -> String {
    text.replacing("`", with: "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
