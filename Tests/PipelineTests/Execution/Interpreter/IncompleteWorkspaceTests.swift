import API
import ConnectionsClient
import Evaluation
import Execution
import JSON
import Language
import Planning
import Simulator
import TestSupport
import Testing

/// Scripts on a workspace whose list may be incomplete.
@Suite struct IncompleteWorkspaceTests {
  private static let doubt = "page 2 shows no new connection"

  private func fixture() async -> PipelineFixture {
    let fixture = PipelineFixture()
    await fixture.server.doubtLists(Self.doubt)
    return fixture
  }

  /// The rows can be used, and the person is told once.
  @Test func readsWhatIsShownAndSaysSo() async throws {
    let fixture = await fixture()
    let result = try await fixture.run("list | count\nget 36 | disconnect\nlist | count")
    #expect(result.exitCode == .success)
    #expect(
      fixture.output.talk.filter { $0.contains("incomplete") } == [
        """
        warning: the list may be incomplete: \(Self.doubt)
           = help: what it shows is used, but a connection that it lacks may still exist
        """
      ])
  }

  @Test func missingIDIsNotSaidToBeUnknown() async throws {
    let result = try await fixture().run("get 36, 4, 5")
    #expect(result.exitCode == .guardRefused)
    #expect(
      result.error?.message
        == "the list doesn't show 4, 5, but may be incomplete: \(Self.doubt)")
    expectEqual(
      try await PipelineFixture().run("get 36, 4, 5").error?.message,
      "no connection has the id 4, 5")
  }

  /// The only connection with a key can't be told from one of several.
  @Test func lookupNeedsACompleteList() async throws {
    let fixture = await fixture()
    fixture.disk.put("r.csv", "id\n36\n")
    let result = try await fixture.run("from \"r.csv\" | lookup by id | count")
    #expect(
      result.error?.message
        == "`lookup` needs the complete list, but it may be incomplete: \(Self.doubt)")
    #expect(result.exitCode == .guardRefused)
  }

  @Test func missingTargetOfAPlanStillMayExist() async throws {
    let fixture = PipelineFixture(Array(Samples.connections.dropFirst()))
    await fixture.server.doubtLists(Self.doubt)
    let file = try await PipelineFixture().planFile("get 36, 37 | disconnect")
    let result = try await fixture.apply(file)
    #expect(result.exitCode == .stalePlan)
    #expect(
      result.rows[0]["reason"]?.string
        == "drifted: the list doesn't show it, but may be incomplete: \(Self.doubt)")
    expectEqual(await fixture.server.calls.map(\.id), [37])
  }

  /// Nothing is said about values that no connection has.
  @Test func explainsNoEmptySelection() async throws {
    for isComplete in [true, false] {
      let server = MemoryServer(Samples.connections)
      if !isComplete { await server.doubtLists(Self.doubt) }
      let context = RunContext(
        mode: .preview(nil, server), output: RecordingOutput(), terminal: ScriptedTerminal([]),
        disk: MemoryDisk(), sources: SourceMap(), format: .jsonl, uptime: { 0 })
      var interpreter = Interpreter(
        context, Environment(now: Timestamp(microseconds: 0), process: [:]))
      expectEqual(await interpreter.allConnections() != nil, isComplete)
    }
  }

  /// An incomplete list can't show that a connection doesn't exist.
  @Test func createNeedsTheCompleteList() async throws {
    for (stage, code) in [
      ("create", ExitCode.guardRefused), ("create unless exists", .guardRefused),
      ("create always", .success),
    ] {
      let fixture = await fixture()
      let result = try await fixture.run("\(stage) name = \"new\", application = \"jira\"")
      #expect(result.exitCode == code, "\(stage)")
      #expect(await fixture.server.calls.isEmpty == (code == .guardRefused), "\(stage)")
    }
  }

  /// A resumed run sees the same list, and the same doubt.
  @Test func journalKeepsTheDoubt() async throws {
    let fixture = await fixture()
    _ = try await fixture.run("list | count\nget 36 | disconnect")
    let journal = try ParsedJournal(fixture.runs.journal)
    let doubts = journal.entries.map { entry -> String? in
      if case .list(let list) = entry.record { list.doubt } else { nil }
    }
    #expect(
      doubts.compactMap(\.self).allSatisfy { $0 == Self.doubt } && doubts.contains(Self.doubt))
  }

  // MARK: Over sockets

  /// A create whose answer is lost, while the lists link to another host or repeat a page.
  @Test(arguments: [FaultBehavior.NextLink.elsewhere, .repeat], [false, true])
  func createInDoubtIsNotSentAgain(_ next: FaultBehavior.NextLink, _ applies: Bool) async throws {
    let fixture = try await SocketFixture([
      SimulatorFault(on: .create, times: 99, play: .reset, applies: applies),
      SimulatorFault(on: .list, times: 99, play: .pages(size: 20, next: next)),
    ])
    let result = try await fixture.run(#"create name = "n", provider = "jira""#)
    #expect(result.hasPrefix("unknown 1 ") && result.hasSuffix(" 9"), "\(result)")
    try await fixture.close()
  }

  /// Pages that can be followed make no difference.
  @Test func pagesProveAbsence() async throws {
    let fixture = try await SocketFixture([
      SimulatorFault(on: .create, play: .reset),
      SimulatorFault(on: .list, times: 99, play: .pages(size: 20)),
    ])
    expectEqual(try await fixture.run(#"create name = "n", provider = "jira""#), "done 2 9 0")
    try await fixture.close()
  }
}
