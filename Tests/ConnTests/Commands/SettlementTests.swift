import Foundation
import Simulator
import TestSupport
import Testing

/// `conn resume --settle`: a person settles a write that no list can.
@Suite struct SettlementTests {
  private static let script = """
    get 36, 37 | update input = { subdomain: "x" }, shell_connection = true | disconnect

    """

  /// Creates a run whose first write was applied but stays in doubt. Returns its name.
  private func doubtful() async throws -> (WriteFixture, String) {
    let fault = SimulatorFault(on: .update, id: 36, play: .reset, applies: true)
    let fixture = try await WriteFixture([fault], script: Self.script)
    let result = try await fixture.shell(WriteFixture.run)
    #expect(result.exitCode == 9)
    let id = try #require(fixture.runs.first).lastPathComponent
    #expect(
      result.errors.contains(
        """
        To resume: conn resume \(id)
        If a write stays in doubt, look it up in Workato and record it: \
        conn resume \(id) --settle ID=done or ID=failed; conn show \(id) lists the ids

        """), "\(result.errors)")
    return (fixture, id)
  }

  @Test func settlesAsDone() async throws {
    let (fixture, id) = try await doubtful()
    let again = try await fixture.shell("\(WriteFixture.resume) \(id)")
    #expect(again.exitCode == 9, "\(again.errors)")
    let page = try await fixture.shell("conn show \(id)")
    #expect(
      page.output.hasSuffix(
        """
        If a write stays in doubt after conn resume, look it up in Workato and record it:
          conn resume \(id) --settle 36=done   or 36=failed

        """), "\(page.output)")
    let result = try await fixture.shell("\(WriteFixture.resume) \(id) --settle 36=done")
    #expect(result.exitCode == 0, "\(result.errors)")
    expectEqual(
      await fixture.writes(),
      [
        "PUT /api/connections/36", "PUT /api/connections/37",
        "POST /api/connections/36/disconnect", "POST /api/connections/37/disconnect",
      ])
    let shown = try await fixture.shell("conn show \(id)")
    #expect(shown.output.contains("settled by hand as done"))
    #expect(!shown.output.contains("--settle"))
    let finished = try await fixture.shell("\(WriteFixture.resume) \(id) --settle 36=done")
    #expect(finished.exitCode == 2)
    #expect(finished.errors.contains("run \(id) is finished"))
    try await fixture.close()
  }

  /// A run whose script was not saved can't be resumed, but it can be settled and then undone.
  @Test func settlesARunWithoutItsScript() async throws {
    let fixture = try await WriteFixture(
      [SimulatorFault(on: .update, id: 36, play: .reset, applies: true)])
    let stopped = try await fixture.shell(
      "conn eval 'for n in [1] { get 37 | update name = \"n\"; get 36 | update input = { password: \"x\" }, shell_connection = true }' "
        + "--yes --rate 20")
    #expect(stopped.exitCode == 9, "\(stopped.errors)")
    let id = try #require(fixture.runs.first).lastPathComponent
    #expect(
      stopped.errors.contains("Still open: conn runs --failed \(id)\n"), "\(stopped.errors)")
    #expect(stopped.errors.contains("conn resume \(id) --settle ID=done"))
    let latest = try await fixture.shell(WriteFixture.resume)
    #expect(latest.exitCode == 6)
    #expect(
      latest.errors.contains(
        "run \(id) has 1 write in doubt and can't be resumed: its script was not saved, because it "
          + "holds a credential\n"), "\(latest.errors)")
    #expect(
      latest.errors.contains("conn resume \(id) --settle 36=done or 36=failed\n"),
      "\(latest.errors)")
    let refused = try await fixture.shell("\(WriteFixture.resume) \(id)")
    #expect(refused.exitCode == 6)
    #expect(refused.errors.contains("settle the writes in doubt, as shown by conn show \(id)"))
    let undo = try await fixture.shell("conn undo \(id)")
    #expect(undo.errors.contains("record it with --settle"), "\(undo.errors)")
    let page = try await fixture.shell("conn show \(id)").output
    #expect(page.contains("conn resume \(id) --settle 36=done   or 36=failed\n"))
    #expect(!page.contains("  resume"))
    let settled = try await fixture.shell("\(WriteFixture.resume) \(id) --settle 36=done")
    #expect(settled.exitCode == 0, "\(settled.errors)")
    #expect(settled.errors.hasSuffix("Recorded: 36=done\n"), "\(settled.errors)")
    expectEqual(await fixture.writes().count, 2)
    let undone = try await fixture.shell("conn undo \(id)")
    #expect(undone.output.contains("update 1 "), "\(undone.errors)")
    try await fixture.close()
  }

  /// A run with doubts comes before later ones that are only unfinished, and before older ones.
  @Test func latestDoubtComesFirst() async throws {
    let (fixture, doubtful) = try await doubtful()
    let killed = try await fixture.shimmed(
      "conn eval 'get 37 | disconnect' --yes", "j:5:after")
    #expect(killed.exitCode == SIGKILL, "\(killed.errors)")
    let later = try #require(fixture.runs.last).lastPathComponent
    #expect(later != doubtful)
    let first = try await fixture.shell("\(WriteFixture.resume) --settle 36=done")
    #expect(first.exitCode == 0, "\(first.errors)")
    #expect(first.errors.contains("\nRun \(doubtful) of script.conn\n"), "\(first.errors)")
    #expect(try await fixture.shell("conn show \(doubtful)").output.contains("  state    done"))
    let second = try await fixture.shell(WriteFixture.resume)
    #expect(second.exitCode == 0, "\(second.errors)")
    let third = try await fixture.shell(WriteFixture.resume)
    #expect(third.exitCode == 2 && third.errors.contains("there is no interrupted run"))
    try await fixture.close()
  }

  @Test func settlesAsFailed() async throws {
    let (fixture, id) = try await doubtful()
    let result = try await fixture.shell("\(WriteFixture.resume) \(id) --settle 36=failed")
    #expect(result.exitCode == 1, "\(result.errors)")
    #expect(result.errors.contains("failed (1): settled by hand as failed: 36"))
    expectEqual(await fixture.writes().last, "POST /api/connections/37/disconnect")
    expectEqual(await fixture.writes().count, 3)
    try await fixture.close()
  }

  @Test func rejectsInvalidSettlements() async throws {
    let (fixture, id) = try await doubtful()
    let journal = try fixture.journal()
    let refusals = [
      ("36", "--settle expects ID=done or ID=failed, not `36`"),
      ("37=done", "no write on `37` is in doubt"), ("99=done", "no write on `99` is in doubt"),
      ("36=37", "`36` is not a create"), ("36=done --settle 36=failed", "`36` is settled twice"),
      (#"$'36\e[2J=done'"#, #"no write on `36\u{1B}[2J` is in doubt"#),
    ]
    for (text, message) in refusals {
      let result = try await fixture.shell("\(WriteFixture.resume) \(id) --settle \(text)")
      #expect(result.exitCode == 2, "\(text)")
      #expect(result.errors.contains(message), "\(text): \(result.errors)")
      expectEqual(try fixture.journal(), journal, "\(text)")
    }
    let unconfirmed = try await fixture.shell("conn resume \(id) --settle 36=done < /dev/null")
    #expect(unconfirmed.exitCode == 4)
    expectEqual(try fixture.journal(), journal)
    try await fixture.close()
  }
}
