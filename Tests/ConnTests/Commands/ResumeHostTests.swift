import Foundation
import Simulator
import TestSupport
import Testing

/// A journal can't lead the token to another server.
@Suite struct ResumeHostTests {
  @Test func journalDoesNotChooseTheHost() async throws {
    let run = try await BrokenRun()
    let other = try await SimulatedServer.start()
    let start = run.lines[0].replacing(run.fixture.server.url, with: other.url)
    #expect(start != run.lines[0])
    try run.write(lines: [try await run.sealed(start)])
    try await run.expectRefusal(
      6,
      "run ID was started on \(other.url), but this command would go to \(run.fixture.server.url)")
    expectEqual(await other.requests().count, 0)
    try await other.stop()
    try await run.fixture.close()
  }

  /// A run that was started with `--host` is resumed with it, as the hint says.
  @Test func hostOfTheCommandLineIsGivenAgain() async throws {
    let run = try await BrokenRun("env -u WORKATO_HOST \(WriteFixture.run) --host $WORKATO_HOST")
    let refused = try await run.fixture.shell("env -u WORKATO_HOST conn resume --yes \(run.id)")
    #expect(refused.exitCode == 6)
    #expect(refused.errors.contains("add `--host \(run.fixture.server.url)`"), "\(refused.errors)")
    let resumed = try await run.fixture.shell(
      "env -u WORKATO_HOST conn resume --yes \(run.id) --host $WORKATO_HOST")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    try await run.fixture.close()
  }

  /// A journal doesn't choose the command that is run for the token either.
  @Test func journalDoesNotChooseTheTokensPlace() async throws {
    let run = try await BrokenRun()
    let trap = run.fixture.directory.appending(path: "trap").path
    let start = run.lines[0].replacing(
      "env:WORKATO_API_TOKEN", with: "cmd:touch \(trap)")
    #expect(start != run.lines[0])
    try run.write(lines: [try await run.sealed(start)])
    try await run.expectRefusal(6, "would read it from \"env:WORKATO_API_TOKEN\"")
    #expect(!FileManager.default.fileExists(atPath: trap))
    try await run.fixture.close()
  }

  @Test func placeOfTheTokenIsGivenAgain() async throws {
    let other = "env -u WORKATO_API_TOKEN OWN=$WORKATO_API_TOKEN "
    let run = try await BrokenRun(other + WriteFixture.run + " --token-from env:OWN")
    let resume = other + "conn resume --yes \(run.id)"
    let refused = try await run.fixture.shell(resume)
    #expect(refused.exitCode == 6)
    #expect(refused.errors.contains("add `--token-from`"), "\(refused.errors)")
    let resumed = try await run.fixture.shell(resume + " --token-from env:OWN")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    try await run.fixture.close()
  }

  // MARK: The script

  private static let secretScript = WriteFixture.script.replacing(
    "| update name", with: "| update input = { apitoken: \"first-secret\" }, name")

  /// The digest of a script that isn't kept leaves its credentials out, so that it tells nothing
  /// about them; anything else that has changed is found.
  @Test(arguments: [
    ("first-secret", "another-secret", 0), ("(old)", "(new)", 6), ("apitoken", "api_token", 6),
  ])
  func onlyTheCredentialMayChange(_ old: String, _ new: String, _ code: Int32) async throws {
    let run = try await BrokenRun(script: Self.secretScript)
    try run.fixture.put("script.conn", Self.secretScript.replacing(old, with: new))
    let resumed = try await run.fixture.shell("conn resume --yes \(run.id)")
    #expect(resumed.exitCode == code, "\(resumed.errors)")
    try await run.fixture.close()
  }
}
