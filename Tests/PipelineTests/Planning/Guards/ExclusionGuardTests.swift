import API
import Evaluation
import Execution
import TestSupport
import Testing

/// A write is refused if an empty list was meant to keep rows from it.
@Suite struct ExclusionGuardTests {
  private static let ids = #"[{"ids":[]},{"ids":[36]}]"#

  private func fixture() -> PipelineFixture {
    let fixture = PipelineFixture()
    fixture.disk.put("ids.json", Self.ids)
    return fixture
  }

  /// Nothing at all is sent, not even a list call: the list is known before the run.
  @Test(arguments: [
    "list where id not in [] | delete", "list where not (id in []) | delete",
    "list where not not (id not in []) | delete", "list where not (connected or id in []) | delete",
    "list where connected and id not in [] | disconnect",
    "list where connected or id not in [] | delete",
    "list where (if connected then id not in [] else connected) | delete",
    "list where (if id not in [] then true else false) | disconnect",
    "list where (if id in [] then false else true) | disconnect",
    "list where (if id in [] then name == \"a\" else connected) | disconnect",
    "list where not (if id not in [] then false else connected) | disconnect",
    "let none = []\nlist where (if id not in $none then true else false) | disconnect",
    "list | where connected | where id not in [] | sort by id | first 1 | delete",
    "let none = []\nlist where id not in $none | delete",
    "let none = []\nlist where not (id in $none) | delete",
    "let none = []\nlet same = $none\nlist where id not in $same | delete",
    "param none: list<int> = []\nlist where id not in $none | delete",
    "let none = [null]\nlist where external_id not in $none | delete",
    "list where external_id not in null | delete", "list where not (tags has any []) | delete",
    "let none = []\nlist where not ($none has id) | delete",
    "def rest(done: list<int>) = where id not in $done\nlist | rest([]) | delete",
    "let rows = list where id not in []\n$rows | delete", "list where id not in []\nit | delete",
    "let none = []\nlet a = list where id not in $none\nlet b = $a | where connected\n$b | delete",
    "for r in list where id not in [] { get $r.id | delete }",
    "let rows = list where id not in []\nfor r in $rows { get $r.id | update name = \"x\" }",
    "for x in [1, 2] { list where folder_id == $x and id not in [] | delete }",
    "if 1 < count([1]) { print 1 } else { list where id not in [] | delete }",
    "for x in [36] { if $x not in [] { get $x | delete } }",
    "let none = []\nfor r in list where connected { if $r.id not in $none { get $r.id | delete } }",
    "let none = []\nfor x in [36] { if $x in $none { print 1 } else { get $x | delete } }",
    "get 36 | update name = \"a\"\nlist where id not in [] | delete",
    "list where connected | update name = \"a\" | where id not in [] | delete",
    "from \"ids.json\" | where \"a\" not in [] | create name = \"n\", provider = \"jira\"",
  ])
  func refusesAnEmptyExclusion(_ text: String) async throws {
    for mode in [PipelineFixture.Mode.live, .preview, .dryRun, .snapshotDryRun] {
      let fixture = fixture()
      let result = try await fixture.run(text, mode)
      #expect(result.error?.exitCode == .guardRefused, "\(mode)")
      #expect(result.exitCode == .guardRefused)
      #expect(result.error?.message.contains("excludes nothing") == true)
      expectEqual(await fixture.server.queries, [])
      expectEqual(await fixture.server.calls, [])
    }
  }

  @Test(arguments: [
    "list where id not in [] | delete", "let none = []\nlist where id not in $none | delete",
    "let none = []\nif count($none) == 0 { list where id not in $none | delete }",
  ])
  func refusesAPlan(_ text: String) async throws {
    let fixture = fixture()
    do {
      _ = try await fixture.plan(text)
      Issue.record("was planned")
    } catch let error as RunError {
      #expect(error.exitCode == .guardRefused)
    }
    expectEqual(await fixture.server.queries, [])
  }

  /// A list that only the run knows is checked before the pipeline that it limits.
  @Test(arguments: [
    "for r in from \"ids.json\" { list where id not in $r.ids | delete }",
    "let none = []\nif count($none) == 0 { list where id not in $none | delete }",
    "for r in from \"ids.json\" { if 36 not in $r.ids { list where connected | delete } }",
  ])
  func refusesAListThatTheRunFindsEmpty(_ text: String) async throws {
    for mode in [PipelineFixture.Mode.live, .preview, .snapshotDryRun] {
      let fixture = fixture()
      let result = try await fixture.run(text, mode)
      #expect(result.exitCode == .guardRefused, "\(mode)")
      expectEqual(await fixture.server.queries, [])
      expectEqual(await fixture.server.calls, [])
    }
  }

  @Test(arguments: [
    "list where id in [] | delete", "list where not (id not in []) | delete",
    "list where (if id in [] then true else false) | delete",
    "list where (if id not in [] then false else true) | delete",
    "list where not (if id not in [] then true else false) | delete",
    "let none = []\nlist where (if empty($none) then true else id not in $none) | delete",
    "let none = []\nlist where id in $none | delete",
    "list where id not in [] | count", "let rows = list where id not in []\n$rows | count",
    "let rows = list where id not in []\nlist where id == 36 | delete\n$rows | count",
    "get 36 | delete | where id not in []",
    "list where id not in [36] | delete", "list where external_id not in [null, \"a\"] | delete",
    "let none = []\nlist where empty($none) or id not in $none | delete",
    "let none = []\nif empty($none) { get 36 | delete } else { list where id not in $none | delete }",
    "def rest(done: list<int>) = where empty($done) or id not in $done\nlist | rest([]) | delete",
    "list where \"y\" not in tags | delete", "list where not (tags has \"y\") | delete",
    "for r in list where id not in [] { print $r.id }\nget 36 | delete",
    "for x in [36] { if $x not in [] { print $x } else { get $x | delete } }",
    "let none = []\nif empty($none) or 36 not in $none { get 36 | delete }",
    "for x in [36] { if $x not in [37] { get $x | delete } }",
    "def unused() = where id not in []\nget 36 | delete",
    "for r in from \"ids.json\" { list where empty($r.ids) or id not in $r.ids | delete }",
  ])
  func acceptsTheRest(_ text: String) async throws {
    for mode in [PipelineFixture.Mode.live, .preview] {
      let result = try await fixture().run(text, mode)
      #expect(result.error == nil, "\(mode)")
    }
  }

  @Test(arguments: [
    (
      "let none = []\nlist where id not in $none | delete",
      "`$none` is empty, so this condition excludes nothing from the write",
      "check where the list comes from; if it may be empty, write `(empty($none) or …)`"
    ),
    (
      "for r in from \"ids.json\" { list where id not in $r.ids | delete }",
      "`$r.ids` is empty, so this condition excludes nothing from the write",
      "check where the list comes from; if it may be empty, write `(empty($r.ids) or …)`"
    ),
    (
      "list where id not in [] | delete",
      "the list is empty, so this condition excludes nothing from the write",
      "write the values to exclude, or remove the condition"
    ),
    (
      "list where external_id not in [null, null] | delete",
      "the list contains only null, so this condition excludes nothing from the write",
      "write the values to exclude, or remove the condition"
    ),
  ])
  func saysWhichListIsEmpty(_ text: String, _ message: String, _ help: String) async throws {
    let error = try await fixture().run(text).error
    #expect(error?.message == message)
    #expect(error?.help == help)
    #expect(error?.span != nil)
  }

  /// All rounds are planned before the first write.
  @Test func laterRoundIsRefused() async throws {
    let fixture = PipelineFixture()
    fixture.disk.put("ids.json", #"[{"ids":[36]},{"ids":[]}]"#)
    let result = try await fixture.run(
      "for r in from \"ids.json\" { list where connected and id not in $r.ids | disconnect }")
    #expect(result.exitCode == .guardRefused)
    expectEqual(await fixture.server.calls, [])
  }
}
