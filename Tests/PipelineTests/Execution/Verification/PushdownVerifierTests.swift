import API
import ConnectionsClient
import Evaluation
import Execution
import Language
import TestSupport
import Testing

/// `explain --verify`: the rows with the server's filters and without.
@Suite struct PushdownVerifierTests {
  /// A server whose filter loses a row, until it has answered a number of lists.
  private actor ForgetfulServer: ConnectionReader {
    private var isForgetful: Int
    private(set) var lists = 0

    private let doubt: String?

    init(for lists: Int, doubt: String? = nil) {
      isForgetful = lists
      self.doubt = doubt
    }

    nonisolated var isRemote: Bool { true }

    func list(_ query: ListQuery) async throws(ClientError) -> ConnectionList {
      lists += 1
      let forgets = query.folderID != nil && lists <= isForgetful
      return ConnectionList(
        forgets ? Array(Samples.connections.dropFirst()) : Samples.connections, doubt: doubt)
    }
  }

  private func prove(_ text: String, _ server: ForgetfulServer) async throws
    -> (text: String, error: RunError?)
  {
    let input = Analysis.Input(name: "test", bytes: Array(text.utf8), arguments: [])
    let analysis = Analysis(input, vocabulary: .standard, scope: Scope { .problem($0.path) })
    let script = try #require(analysis.script)
    let now = try #require(Timestamp(iso8601: "2026-01-31T10:00:00Z"))
    var proof = PushdownVerifier(
      script, Environment(now: now, process: [:]), sources: analysis.sources,
      output: RecordingOutput())
    let error = await proof.failure(server)
    return (proof.text, error)
  }

  @Test func acceptsEqualRows() async throws {
    let server = ForgetfulServer(for: 0)
    let text = "param f: int = 4515\nlist where folder_id == $f | count\nlist | count"
    let result = try await prove(text, server)
    #expect(result.error == nil)
    #expect(
      result.text == """
        test:2:1: verified: 2 rows with and without the server's filters
        test:3:1: the server filters nothing

        """)
    expectEqual(await server.lists, 2)
  }

  @Test func namesDifferingRows() async throws {
    let server = ForgetfulServer(for: 9)
    let result = try await prove("list where folder_id == 4515", server)
    #expect(result.error?.exitCode == .guardRefused)
    #expect(
      result.text
        == "test:1:1: the rows differ: only with the server's filters: none; only without: 36\n")
  }

  /// A row that somebody changed between the two calls is not a difference.
  @Test func asksAgainAboutADifference() async throws {
    let server = ForgetfulServer(for: 1)
    expectNil(try await prove("list where folder_id == 4515", server).error)
    expectEqual(await server.lists, 4)
  }

  /// Rows that an incomplete list lacks are no difference.
  @Test func verifiesNothingOnIncompleteLists() async throws {
    let server = ForgetfulServer(for: 9, doubt: "a page repeats")
    let result = try await prove("list where folder_id == 4515", server)
    #expect(result.error == nil)
    #expect(
      result.text == "test:1:1: not verified: the list may be incomplete: a page repeats\n")
  }

  @Test func skipsQueriesThatDependOnRows() async throws {
    let text = "let n = list | first 1\nlist where folder_id == 4515 and id == count($n) | count"
    let result = try await prove(text, ForgetfulServer(for: 0))
    #expect(result.error == nil)
    #expect(result.text.contains("not verified: it depends on rows"))
  }
}
