import Evaluation
import Language
import Planning
import TestSupport
import Testing

/// The preconditions for applying a plan.
@Suite struct ApplyPreconditionsTests {
  private func refusal(
    at now: String = "2026-01-31T10:01:05Z", used: any UsedPlans = MemoryPlans(),
    workspace: WorkspaceIdentity = PipelineFixture.workspace,
    maxAge: TimeSpan = ApplyPreconditions.defaultAge
  ) async throws -> String? {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile("get 36 | delete")
    let result = try await fixture.apply(
      file, at: now, used: used, workspace: workspace, maxAge: maxAge)
    expectEqual(await fixture.server.calls.isEmpty, (result.error != nil))
    if result.error?.exitCode != .internalError {
      #expect(result.exitCode == (result.error == nil ? .success : .stalePlan))
    }
    return result.error?.message
  }

  @Test func refusesAnOldPlan() async throws {
    expectEqual(try await refusal(at: "2026-02-01T10:00:05Z"), nil)
    expectEqual(
      try await refusal(at: "2026-02-01T10:00:06Z"), "the plan is 1d1s old; plans expire after 1d")
    expectEqual(
      try await refusal(maxAge: TimeSpan(microseconds: 2_000_000)),
      "the plan is 1m old; plans expire after 2s")
    expectEqual(try await refusal(at: "2026-01-31T09:55:05Z"), nil)
    expectEqual(
      try await refusal(at: "2026-01-31T09:55:04Z"),
      "the plan's creation time (2026-01-31T10:00:05Z) is in the future")
  }

  @Test func refusesAPlanForAnotherWorkspace() async throws {
    let other = WorkspaceIdentity(
      host: "https://app.eu.workato.com", fingerprint: "0123456789ab", profile: nil)
    expectEqual(
      try await refusal(workspace: other),
      "the plan is for https://www.workato.com, but this run uses https://app.eu.workato.com")
    let token = WorkspaceIdentity(
      host: "https://www.workato.com", fingerprint: "ba9876543210", profile: nil)
    expectEqual(
      try await refusal(workspace: token),
      "the plan was created with another token: its fingerprint is 0123456789ab, "
        + "this one's ba9876543210")
  }

  /// A plan is applied with the guards it was created with, and no others.
  @Test func refusesAPlanOfAnotherProfile() async throws {
    let fixture = PipelineFixture()
    let plain = try await fixture.planFile("get 36 | delete")
    let guarded = try await fixture.planFile("get 36 | delete", profile: "eu-prod")
    for (file, profile, message, help) in [
      (
        guarded, nil,
        "the plan was created with the profile `eu-prod`, but this run was started without a profile",
        "use `--profile eu-prod`"
      ),
      (
        guarded, "eu-test",
        "the plan was created with the profile `eu-prod`, but this run was started "
          + "with the profile `eu-test`",
        "use `--profile eu-prod`"
      ),
      (
        plain, "eu-prod",
        "the plan was created without a profile, but this run was started with the profile `eu-prod`",
        "create a new plan with `conn plan … -o FILE`"
      ),
    ] {
      let result = try await fixture.apply(
        file, workspace: PipelineFixture.workspace(profile: profile))
      #expect(result.exitCode == .stalePlan)
      #expect(result.error?.message == message)
      #expect(result.error?.help == help)
    }
    expectEqual(await fixture.server.calls, [])
    let workspace = PipelineFixture.workspace(profile: "eu-prod")
    expectEqual(try await fixture.apply(guarded, workspace: workspace).exitCode, .success)
  }

  /// A default profile that was set in the meantime doesn't stop a plan halfway; another host does.
  @Test func resumesAPlanUnderAnotherProfileButNotOnAnotherHost() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile("get 36 | delete")
    let elsewhere = WorkspaceIdentity(
      host: "https://app.eu.workato.com", fingerprint: "0123456789ab", profile: nil)
    let stopped = try await fixture.apply(file, terms: .resuming(file, on: elsewhere))
    #expect(stopped.exitCode == .stalePlan)
    let workspace = PipelineFixture.workspace(profile: "eu-prod")
    let result = try await fixture.apply(file, terms: .resuming(file, on: workspace))
    #expect(result.exitCode == .success)
  }

  @Test func appliesAPlanOnce() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile("get 36 | delete")
    let used = MemoryPlans()
    expectEqual(try await fixture.apply(file, used: used).exitCode, .success)
    let again = try await fixture.apply(file, used: used)
    #expect(
      again.error?.message
        == "this plan has already been applied; a plan can be applied only once")
    expectEqual(await fixture.server.calls.count, 1)
  }

  @Test func refusesAPlanThatCannotBeClaimed() async throws {
    expectEqual(
      try await refusal(used: StubbornPlans(isFull: false)),
      "this plan has already been applied; a plan can be applied only once")
    expectEqual(
      try await refusal(used: StubbornPlans(isFull: true)),
      "can't record that the plan is being applied: No space left on device")
  }
}
