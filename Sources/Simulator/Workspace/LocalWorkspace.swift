/// A simulated workspace that is called directly: without a server, a token, limits or failures.
package struct LocalWorkspace: Sendable {
  private var workspace: Workspace

  package init(_ content: WorkspaceContent, clock: SimulatorClock) {
    var options = SimulatorOptions()
    options.clock = clock
    workspace = Workspace(content, options: options)
  }

  /// Answers a call; `target` is the path with its query.
  package mutating func answer(_ method: String, _ target: String, _ body: [UInt8])
    -> (status: Int, body: [UInt8])
  {
    let request = ReceivedRequest(
      method: method, uri: target, headers: [], body: body, bodyIsTooLarge: false, arrival: .zero)
    let answer: HTTPAnswer
    do { answer = workspace.answer(try Call(request)) } catch { answer = error }
    return (answer.status, answer.body)
  }
}
