import API
import Evaluation
import JSON
import Planning
import Testing

/// The server's own words come first; advice follows only if it remedies what they say.
@Suite struct RefusalTests {
  private static let force = [RequestBody.Member("force", .json(.bool(true)))]

  private func reason(
    _ action: WriteAction, _ message: String, _ members: [RequestBody.Member] = []
  ) -> String? {
    let write = PlannedWrite(action, id: 36, members, on: Samples.connections[0])
    let rejection = Rejection(kind: .refused, status: 200, message: message)
    let outcome = Outcome(.rejected(rejection), of: write)
    #expect(outcome.kind == .rejected)
    return outcome.reason
  }

  private static let recipes = "You can't disconnect a connection used by active recipes"
  private static let streaming = "You can't disconnect a connection used by audit log streaming"

  @Test(arguments: [
    (recipes, "\(recipes); `disconnect force` disconnects it anyway"),
    (
      "Connection is USED BY ACTIVE RECIPES",
      "Connection is USED BY ACTIVE RECIPES; `disconnect force` disconnects it anyway"
    ),
    (streaming, "\(streaming); stop the audit log streaming that uses it"),
    ("You can't disconnect this connection", "You can't disconnect this connection"),
    ("", ""), ("refused", "refused"),
    (
      "used by active recipes and audit log streaming",
      "used by active recipes and audit log streaming; stop the audit log streaming that uses it"
    ),
  ])
  func suggestsForceOnlyAgainstActiveRecipes(_ message: String, _ expected: String) {
    #expect(reason(.disconnect, message) == expected)
  }

  @Test func suggestsNothingTwice() {
    #expect(reason(.disconnect, Self.recipes, Self.force) == Self.recipes)
    #expect(
      reason(.disconnect, Self.streaming, Self.force)
        == "\(Self.streaming); stop the audit log streaming that uses it")
  }

  @Test(arguments: [
    ("used by active recipes", "used by active recipes; stop the recipes that use it"),
    (
      "used by audit log streaming",
      "used by audit log streaming; stop the audit log streaming that uses it"
    ),
    ("locked", "locked"),
  ])
  func adviceOnDeleteFollowsTheReason(_ message: String, _ expected: String) {
    #expect(reason(.delete, message) == expected)
  }

  @Test func updatesHaveNoAdvice() {
    #expect(reason(.update, "used by active recipes") == "used by active recipes")
  }
}
