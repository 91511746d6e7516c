import API
import Evaluation
import Testing

@Suite struct RunErrorTests {
  /// A token can be valid and lack the privilege for tags; elsewhere, a 401 blames the token.
  @Test(arguments: [
    (
      ClientError.unprivileged(.tags, "Unauthorized"), ExitCode.authentication,
      "this token's API client role lacks the privilege for tags: Unauthorized"
    ),
    (.missing(.tags), .network, "this host has no tags endpoint"),
    (.unauthorized("Unauthorized"), .authentication, "the server rejected the token: Unauthorized"),
    (.forbidden("no"), .authentication, "the token isn't allowed to do this: no"),
  ])
  func tellsTokenAndPrivilegeApart(_ error: ClientError, _ code: ExitCode, _ message: String) {
    let error = RunError(error)
    #expect(error.exitCode == code)
    #expect(error.message == message)
    #expect(error.help != nil || code == .network)
  }
}
