import TestSupport
import Testing

@Suite struct LanguageServerCommandTests {
  /// Sends each line as a message.
  private static let send =
    #"m() { printf 'Content-Length: %s\r\n\r\n%s' ${#1} "$1"; }; "#

  private static let start = #"m '{"id":1,"method":"initialize"}'; "#

  @Test func answersOnStdoutAndExitsWith0AfterShutdown() async throws {
    let result = try await Program.run(
      Self.send + "{ " + Self.start
        + #"m '{"id":2,"method":"shutdown"}'; m '{"method":"exit"}'; } | conn lsp --stdio"#)
    #expect(result.exitCode == 0)
    #expect(result.errors == "")
    #expect(
      result.output.hasSuffix(
        "Content-Length: 38\r\n\r\n" + #"{"jsonrpc":"2.0","id":2,"result":null}"#))
  }

  @Test func exitWithoutShutdownIs1() async throws {
    let result = try await Program.run(
      Self.send + "{ " + Self.start + #"m '{"method":"exit"}'; } | conn lsp"#)
    #expect(result.exitCode == 1)
  }

  @Test func theEndOfStdinEndsTheServer() async throws {
    let result = try await Program.run("printf 'garbage' | conn lsp")
    #expect(result.exitCode == 0)
    #expect(result.output == "")
  }

  @Test func aClientThatClosesItsPipeEndsTheServer() async throws {
    let result = try await Program.run(
      Self.send + "{ while " + Self.start + "do :; done 2>/dev/null; } | conn lsp | head -c 1")
    #expect(result.output == "C")
  }
}
