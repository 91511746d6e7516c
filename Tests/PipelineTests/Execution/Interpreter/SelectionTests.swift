import API
import ConnectionsClient
import Evaluation
import Execution
import JSON
import Planning
import TestSupport
import Testing

/// What rows a write gets: none, or several of one connection.
@Suite struct SelectionTests {
  @Test(arguments: ["list where name == \"none\"", "list where name == \"none\" | count"])
  func refusesAnEmptySelectionOnDemand(_ selection: String) async throws {
    for text in [
      selection, selection == "list where name == \"none\"" ? "\(selection) | delete" : selection,
    ] {
      let result = try await PipelineFixture().run(text) { $0.guards.failsOnEmpty = true }
      #expect(result.exitCode == .guardRefused)
      #expect(result.error?.message == "no row is selected")
    }
    expectEqual(
      try await PipelineFixture().run("get 36 | disconnect") { $0.guards.failsOnEmpty = true }
        .exitCode, .success)
  }

  /// The rows of a variable may hold a connection twice.
  @Test func rowsOfOneConnectionAreOneWrite() async throws {
    let twice = PipelineFixture(Samples.connections + Samples.connections)
    let result = try await twice.run("list where id == 36 | disconnect | delete") {
      $0.guards.expected = 1
    }
    #expect(result.error?.message == nil)
    expectEqual(await twice.server.calls.map(\.kind), [.disconnect, .delete])
    #expect(result.rows.count == 1)
  }

  @Test func rowsThatChangeOneConnectionDifferentlyAreRefused() async throws {
    let other = try #require(
      Samples.connections.first { $0.id == 36 }?.merging(
        JSON.Object([("description", .string("other"))])))
    let twice = PipelineFixture(Samples.connections + [other])
    let result = try await twice.run("list where id == 36 | update name = raw.description ?? \"x\"")
    #expect(result.exitCode == .guardRefused)
    #expect(
      result.error?.message
        == "connection 36 is in two rows that would change it differently: "
        + "`name` to \"x\" and `name` to \"other\"")
    expectEqual(await twice.server.calls, [])
  }

  /// Without the privilege for tags, a list may lack those of connections: whether a text is a handle
  /// then can't be told, and selecting nothing would be no answer.
  @Test(arguments: [
    "list where tags has \"Accounting\" | disconnect", "list where tags has \"Accounting\"",
    "list where not (tags has \"Accounting\") | disconnect",
    "list where connected\nlist where tags has any [\"Accounting\"]",
  ])
  func aHandleNeedsThePrivilegeForTagsIfNoConnectionHasTags(_ text: String) async throws {
    let untagged = Samples.connections.map { $0.merging(JSON.Object([("tags", .null)])) }
    let fixture = PipelineFixture(untagged)
    let result = try await fixture.run(text) { $0.tagReader = UnprivilegedTags() }
    #expect(result.exitCode == .authentication)
    #expect(result.error?.message.contains("lacks the privilege for tags") == true)
    expectEqual(await fixture.server.calls, [])
    let tagged = try await PipelineFixture().run(text) { $0.tagReader = UnprivilegedTags() }
    #expect(tagged.exitCode == .success)
    #expect(tagged.error == nil)
  }
}

/// A workspace whose tags the token may not read.
private struct UnprivilegedTags: TagReader {
  func tags(_ patience: inout some RetryPolicy) async throws(ClientError) -> [API.Tag] {
    throw .unprivileged(.tags, "Forbidden")
  }
}
