import Foundation
import Simulator
import TestSupport
import Testing

/// A login that fails with new credentials is said, although the values are saved.
@Suite struct LoginTests {
  private static let update = "get 36, 37 | update input = { password: \"wrong\" }"

  private func eval(_ script: String, _ options: String = "", _ fixture: WriteFixture) async throws
    -> Program.Result
  {
    try await fixture.shell("conn eval '\(script)' --yes --rate 20 --max-writes 9 \(options) 2>&1")
  }

  @Test(arguments: [
    update, "create name = \"ACME new\", application = \"jira\", input = { password: \"wrong\" }",
  ])
  func failedLoginIsNamedAndFails(_ script: String) async throws {
    let fixture = try await WriteFixture()
    let result = try await eval(script, "--output jsonl", fixture)
    #expect(result.exitCode == 1)
    let count = script == Self.update ? 2 : 1
    #expect(
      result.output.contains("saved, but the login failed (\(count)): "), "\(result.output)")
    #expect(result.output.contains(#""outcome":"done","reason":"saved; login failed: "#))
    #expect(
      result.output.contains(count == 2 ? "2 logins failed" : "1 login failed"),
      "\(result.output)")
    try await fixture.close()
  }

  @Test(arguments: ["--on-error stop", "--max-failures 1"])
  func failedLoginCountsAsAFailure(_ option: String) async throws {
    let fixture = try await WriteFixture()
    let result = try await eval(Self.update, option, fixture)
    #expect(
      result.output.contains("1 of 2 updated, 1 login failed, 1 not tried"), "\(result.output)")
    try await fixture.close()
  }

  /// Nothing was tested, or the login succeeded.
  @Test(arguments: [
    "update input = { password: \"wrong\" }, shell_connection = true",
    "update input = { password: \"right\" }", "update name = \"ACME\"",
  ])
  func nothingIsSaidOfOthers(_ stage: String) async throws {
    let fixture = try await WriteFixture()
    let result = try await eval("get 36 | \(stage)", "", fixture)
    #expect(result.exitCode == 0)
    #expect(!result.output.contains("login"), "\(result.output)")
    try await fixture.close()
  }

  /// A run that is resumed says it, too.
  @Test func resumedRunSaysIt() async throws {
    let run = try await BrokenRun(
      "conn run script.conn --yes --max-writes 9 --rate 20", at: "c:4:after", writes: 1,
      script: Self.update)
    let resumed = try await run.fixture.shell("conn resume --yes \(run.id) 2>&1")
    #expect(resumed.exitCode == 1, "\(resumed.output)")
    #expect(resumed.output.contains("saved, but the login failed"), "\(resumed.output)")
    try await run.fixture.close()
  }

  /// The list shows the login of an update whose answer was lost; only where it shows none, the call
  /// is sent again.
  @Test(arguments: [true, false])
  func listSettlesALostAnswer(_ applies: Bool) async throws {
    let fixture = try await WriteFixture(
      [SimulatorFault(on: .update, play: .reset, applies: applies)], isTimeReal: true)
    let result = try await eval("get 36 | update input = { password: \"right\" }", "", fixture)
    #expect(result.exitCode == 0, "\(result.output)")
    expectEqual(await fixture.writes().count, applies ? 1 : 2)
    try await fixture.close()
  }
}
