import Foundation
import TestSupport
import Testing

/// Kills the program at every write to its journal and to the network, and resumes.
@Suite struct KillTests {
  /// The points: j when the journal is written, s when it is synced, c when bytes of a call are
  /// sent.
  @Test func undisturbedRunWritesInTheExpectedOrder() async throws {
    let fixture = try await WriteFixture()
    let log = fixture.directory.appending(path: "log")
    let line = WriteFixture.run.replacing("--rate 20", with: "--rate 0.5")
    let result = try await fixture.shimmed(line, log: log.path)
    #expect(result.exitCode == 0, "\(result.errors)")
    let course = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    #expect(course.hasPrefix("cjsjsjsjs"))  // list; run-start, list, plan, the first intent
    #expect(course.hasSuffix("jscjsjs"))  // the last intent, its call, its outcome; run-end
    #expect(course.count { $0 == "j" } == 16)
    #expect(course.matches(of: /js/).count == 16)
    // Two lists, two updates of two parts each, three calls without a body.
    #expect(course.count { $0 == "c" } == 9)
    expectEqual(await fixture.world().writes, 5)
    try await fixture.close()
  }

  /// Every state that a kill can leave. A kill before a record is written leaves the same state as
  /// one after the record or call before it.
  static let points =
    ["j:1:before"]
    + (1...16).flatMap { ["j:\($0):half", "j:\($0):after"] }
    + ["f:1:half", "f:1:after", "f:3:half", "f:3:after"]  // script.conn, list-1.json
    + (1...9).flatMap { ["c:\($0):before", "c:\($0):half", "c:\($0):after"] }

  @Test func runKilledAnywhereCanBeResumed() async throws {
    let expected = try await WriteFixture.undisturbed()
    try await Self.each(Self.points) { try await Self.killed($0, expected) }
  }

  /// Several pipelines in one plan.
  @Test func scriptPlannedAsAWholeCanBeResumed() async throws {
    let script = """
      get 36, 37 | update name = f"{name} (old)"
      for row in list where id == 36 { get $row.id | disconnect | delete }

      """
    let (points, expected) = try await Self.undisturbed(
      WriteFixture(script: script), WriteFixture.run)
    try await Self.each(points) { try await Self.killed($0, script: script, expected) }
  }

  /// Runs the line, which writes four times, to its end. Returns the points of its course, and the
  /// world that it leaves.
  private static func undisturbed(
    _ fixture: WriteFixture, _ line: String
  ) async throws -> (points: [String], world: WriteFixture.World) {
    let log = fixture.directory.appending(path: "log")
    let result = try await fixture.shimmed(line, log: log.path)
    #expect(result.exitCode == 0, "\(result.errors)")
    let course = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    let world = await fixture.world()
    #expect(world.writes == 4)
    try await fixture.close()
    let writes = course.count { $0 == "j" }
    let calls = course.count { $0 == "c" }
    try #require(writes > 0 && calls > 0, "\(course)")
    let points =
      (1...writes).flatMap { ["j:\($0):half", "j:\($0):after"] }
      + (1...calls).flatMap { ["c:\($0):before", "c:\($0):after"] }
    return (points, world)
  }

  // MARK: Plans

  private static let plan =
    "conn plan --eval 'get 36, 37 | update name = f\"{name} (old)\" | disconnect' -o p"
  private static let apply = "conn apply p --yes --rate 20"

  /// A plan is applied once and completely, wherever its run is killed – even between recording
  /// that it is used and its first record.
  @Test func planKilledAnywhereIsAppliedOnce() async throws {
    let fixture = try await WriteFixture()
    _ = try await fixture.shell(Self.plan)
    let (points, expected) = try await Self.undisturbed(fixture, Self.apply)
    try await Self.each(points + ["f:1:half", "f:1:after"]) {
      try await Self.killedApplying($0, expected)
    }
  }

  private static func killedApplying(_ point: String, _ expected: WriteFixture.World) async throws {
    let fixture = try await WriteFixture()
    _ = try await fixture.shell(plan)
    let killed = try await fixture.shimmed(apply, point)
    #expect(killed.exitCode == SIGKILL, "\(point): \(killed.errors)")
    var result = try await fixture.shell(WriteFixture.resume)
    if result.exitCode == 2 {
      #expect(
        result.errors.contains("error: there is no interrupted run"), "\(point)\(result.errors)")
      if await fixture.world().writes == 0 { result = try await fixture.shell(apply) }
    }
    #expect([0, 2].contains(result.exitCode), "\(point): \(result.errors)")
    expectEqual(await fixture.world(), expected, "\(point): \(result.errors)")
    let again = try await fixture.shell(apply)
    #expect(
      again.exitCode == 6 && again.errors.contains("a plan can be applied only once"), "\(point)")
    expectEqual(await fixture.world(), expected, "\(point)")
    try await fixture.close()
  }

  @Test func resumeKilledAnywhereCanBeResumed() async throws {
    let expected = try await WriteFixture.undisturbed()
    let points = ["c:2:after", "j:5:after", "c:6:half", "j:13:half"]
    let again = ["j:1:half", "j:2:after", "c:1:after"]
    let pairs =
      points.flatMap { point in again.map { [point, $0] } }
      // A torn record is set aside first.
      + [["j:5:half", "f:1:half"], ["j:5:half", "f:1:after"]]
    try await Self.each(pairs) { try await Self.killed($0[0], again: $0[1], expected) }
  }

  /// `scripts/test --long kill`: a create in doubt is searched for a minute later.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CONN_LONG"] == "kill"))
  func killedCreateIsDoneOnce() async throws {
    let script = "create name = \"n\", provider = \"jira\"\n"
    let expected = try await WriteFixture.undisturbed(script)
    #expect(expected.writes == 1)
    let points =
      (1...5).flatMap { ["j:\($0):half", "j:\($0):after"] }
      + (2...3).flatMap { ["c:\($0):before", "c:\($0):half", "c:\($0):after"] }
    try await Self.each(points, atOnce: points.count) {
      try await Self.killed($0, script: script, expected)
    }
  }

  private static func killed(
    _ point: String, again: String? = nil, script: String = WriteFixture.script,
    _ expected: WriteFixture.World
  ) async throws {
    let fixture = try await WriteFixture(script: script)
    let killed = try await fixture.shimmed(WriteFixture.run, point)
    #expect(killed.exitCode == SIGKILL, "\(point): \(killed.errors)")
    if let again { _ = try await fixture.shimmed(WriteFixture.resume, again) }
    var result = try await fixture.shell(WriteFixture.resume)
    if result.exitCode == 2 {
      #expect(result.errors.contains("error: there is no interrupted run"), "\(point)")
      let writes = await fixture.world().writes
      // Either the journal did not exist yet and nothing was sent, or it was at its end.
      #expect([0, expected.writes].contains(writes), "\(point)")
      if writes == 0 { result = try await fixture.shell(WriteFixture.run) }
    }
    #expect([0, 2].contains(result.exitCode), "\(point) \(again ?? ""): \(result.errors)")
    let world = await fixture.world()
    #expect(world == expected, "\(point) \(again ?? "")")
    expectEqual(try await fixture.shell("conn resume --yes").exitCode, 2, "\(point)")
    try await fixture.close()
  }

  /// Runs `body` for each, several at a time, since they mostly wait.
  static func each<Element: Sendable>(
    _ elements: [Element], atOnce: Int = 6,
    _ body: @escaping @Sendable (Element) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, element) in elements.enumerated() {
        if index >= atOnce { try await group.next() }
        group.addTask { try await body(element) }
      }
      try await group.waitForAll()
    }
    print("runs that were killed or disturbed: \(elements.count)")
  }
}
