import NIOCore

/// The simulator's mutable state, isolated to the event loop that also serves the sockets.
///
/// The actor's executor *is* that loop: handlers reach it without a hop, so calls are processed in the
/// order of their arrival without a lock.
actor Backend {
  nonisolated let options: SimulatorOptions
  private nonisolated let executor: any SerialExecutor

  private(set) var workspace: Workspace
  private(set) var requests: [ReceivedRequest] = []
  private var faults: FaultSchedule
  private var windows: [Budget: SlidingWindow]
  private var tally = RequestCounts()
  private var channels: [ObjectIdentifier: any Channel] = [:]

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(
    on eventLoop: any EventLoop, options: SimulatorOptions,
    content: WorkspaceContent, faults: [SimulatorFault]
  ) {
    executor = eventLoop.executor
    self.options = options
    workspace = Workspace(content, options: options)
    self.faults = FaultSchedule(faults)
    windows = Dictionary(
      uniqueKeysWithValues: Budget.allCases.map { ($0, SlidingWindow(options.limits[$0])) })
  }

  var counts: RequestCounts {
    var counts = tally
    counts.writes = workspace.changes
    return counts
  }

  /// Checks a request's endpoint, token, limit, size and fault, in this order, then asks the workspace.
  func reply(to request: ReceivedRequest) -> Reply {
    requests.append(request)
    do throws(HTTPAnswer) {
      let call = try Call(request)
      try authorize(request)
      try admit(call, at: request.arrival)
      guard !request.bodyIsTooLarge else { throw .tooLarge }
      return perform(call)
    } catch {
      return Reply(answer: error)
    }
  }

  private func perform(_ call: Call) -> Reply {
    guard let fault = faults.next(call) else { return Reply(answer: answer(call)) }
    let before = workspace
    let answer = answer(call)
    if !fault.applies { workspace = before }
    return fault.play.reply(insteadOf: answer, to: call, options: options)
  }

  private func answer(_ call: Call) -> HTTPAnswer {
    let answer = workspace.answer(call)
    if call.endpoint == .list && answer.status == 200 { tally.lists += 1 }
    return answer
  }

  private func authorize(_ request: ReceivedRequest) throws(HTTPAnswer) {
    let words = request.header("Authorization")?.split(separator: " ", maxSplits: 1) ?? []
    guard words.count == 2, words[0].lowercased() == "bearer", words[1] == options.token else {
      throw .unauthorized
    }
  }

  private func admit(_ call: Call, at arrival: Duration) throws(HTTPAnswer) {
    guard let wait = windows[call.endpoint.budget]?.admit(at: arrival) else { return }
    tally.limited += 1
    throw .rateLimited(retryAfter: retryAfter(wait))
  }

  private func retryAfter(_ wait: Duration) -> String? {
    let (seconds, rest) = wait.components
    let rounded = seconds + (rest > 0 ? 1 : 0)
    switch options.retryAfter {
    case .seconds: return String(rounded)
    case .date: return options.clock.now.adding(seconds: rounded).httpDate
    case nil: return nil
    }
  }
}

/// Tracks the open TCP connections, which are closed when the server stops.
extension Backend {
  func opened(_ channel: any Channel) { channels[ObjectIdentifier(channel)] = channel }

  func closed(_ channel: any Channel) { channels[ObjectIdentifier(channel)] = nil }

  func closeChannels() { for channel in channels.values { channel.close(promise: nil) } }
}
