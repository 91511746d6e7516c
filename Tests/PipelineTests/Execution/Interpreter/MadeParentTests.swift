import API
import Evaluation
import JSON
import Planning
import TestSupport
import Testing

/// Writes that refer to a connection created by the same pipeline.
@Suite struct MadeParentTests {
  private static let child =
    #"create name = "p", provider = "jira" | create name = "c", provider = "jira", parent_id = id"#
  private static let moved =
    #"create name = "p", provider = "jira" | update parent_id = 37, folder_id = 7"#
  private static let bodies = [
    #"{"name":"p","provider":"jira"}"#, #"{"name":"c","provider":"jira","parent_id":9001}"#,
  ]

  private func bodies(_ fixture: PipelineFixture) async -> [String?] {
    await fixture.server.calls.map { $0.request.body?.shown.text }
  }

  @Test func createsAChildOfACreatedParent() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(Self.child)
    expectEqual(await bodies(fixture), Self.bodies)
    #expect(result.sentence == "Done: 2 of 2 created, 4 calls, 0 s.")
    #expect(result.rows.map { $0["outcome"]?.string } == ["done"])
  }

  @Test func updatesToACreatedParent() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(Self.moved)
    expectEqual(await fixture.server.calls.map(\.id), [nil, 9001])
    expectEqual(await bodies(fixture).last, #"{"parent_id":37,"folder_id":7}"#)
    #expect(result.exitCode == .success)
  }

  /// Any value may refer to the created connection.
  @Test func usesTheIDOfACreatedConnectionInAnyValue() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(
      #"create name = "p", provider = "jira" | create name = f"of {id}", provider = "jira""#)
    expectEqual(await bodies(fixture).last, #"{"name":"of 9001","provider":"jira"}"#)
    #expect(result.exitCode == .success)
  }

  @Test func plansAChildOfACreatedParent() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile(Self.child)
    let text = String(decoding: file.bytes, as: UTF8.self)
    #expect(text.contains(#""parent_id":{"$created":1}"#))
    let result = try await fixture.apply(try PlanFile.read(file.bytes))
    expectEqual(
      await bodies(fixture),
      [
        #"{"name":"p","provider":"jira"}"#, #"{"name":"c","parent_id":9001,"provider":"jira"}"#,
      ])
    #expect(result.exitCode == .success)
    #expect(result.rows.map { $0["outcome"]?.string } == ["done", "done"])
  }

  @Test func plansAnUpdateToACreatedParent() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.apply(try await fixture.planFile(Self.moved))
    expectEqual(await fixture.server.calls.map(\.id), [nil, 9001])
    #expect(result.rows.map { $0["outcome"]?.string } == ["done", "done"])
  }

  /// Three generations: each is created before the one that refers to it.
  @Test func plansThreeGenerations() async throws {
    let fixture = PipelineFixture()
    let script = Self.child + #" | create name = "g", provider = "jira", parent_id = id"#
    let result = try await fixture.apply(try await fixture.planFile(script))
    expectEqual(
      await bodies(fixture).last, #"{"name":"g","parent_id":9002,"provider":"jira"}"#)
    #expect(result.rows.map { $0["outcome"]?.string } == ["done", "done", "done"])
  }

  @Test func previewsAChildOfACreatedParent() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(Self.child, .preview, form: .json)
    #expect(
      result.rows.map { $0["body"]?.text } == [
        #"{"name":"p","provider":"jira"}"#,
        #"{"name":"c","provider":"jira","parent_id":"{new1}"}"#,
      ])
    expectEqual(await fixture.server.calls, [])
  }

  @Test func dryRunShowsAChildOfACreatedParent() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(Self.child, .dryRun, form: .json)
    #expect(
      result.rows.map { $0["body"]?.text } == [
        "null", #"{"name":"p","provider":"jira"}"#,
        #"{"name":"c","provider":"jira","parent_id":"{new1}"}"#,
      ])
  }

  /// If the rows are not known, neither is their number.
  @Test func dryRunOfUnknownRowsShowsAChildTemplate() async throws {
    let fixture = PipelineFixture()
    let result = try await fixture.run(
      #"list where tags has "x" | create name = name, provider = "jira" | "#
        + #"create name = "c", provider = "jira", parent_id = id"#, .dryRun, form: .json)
    #expect(
      result.rows.last?["body"]?.text
        == #"{"name":"c","provider":"jira","parent_id":"{id}"}"#)
    #expect(result.rows.last?["template"] == .bool(true))
  }

  /// No child is created without its intended parent.
  @Test(arguments: [false, true])
  func skipsChildrenOfAFailedParent(_ isPlanned: Bool) async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile(Self.child)
    await fixture.server.answer([
      .rejected(Rejection(kind: .refused, status: 200, message: "no"))
    ])
    let result =
      isPlanned ? try await fixture.apply(file).rows : try await fixture.run(Self.child).rows
    expectEqual(await fixture.server.calls.count, 1)
    #expect(result.last?["outcome"]?.string == "skipped")
    #expect(result.last?["reason"]?.string == "the previous action was `rejected`")
  }
}
