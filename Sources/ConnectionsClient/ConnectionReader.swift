/// Reads the workspace.
package protocol ConnectionReader: Sendable {
  /// `true` iff a list is a call to the server.
  var isRemote: Bool { get }
  func list(_ query: ListQuery) async throws(ClientError) -> [Connection]
}

/// Changes the workspace, one connection a call.
package protocol ConnectionWriter: Sendable {
  /// Sends the call once.
  func perform(_ call: WriteCall) async -> Attempt
}

/// The workspace on a server, read at the permitted rate; what fails by accident is asked again.
package struct ServerReader: ConnectionReader {
  private let transport: any Transport
  private let pacer: Pacer
  private let clock: any Timekeeper

  package var isRemote: Bool { true }

  package init(transport: any Transport, pacer: Pacer, clock: any Timekeeper) {
    self.transport = transport
    self.pacer = pacer
    self.clock = clock
  }

  package func list(_ query: ListQuery) async throws(ClientError) -> [Connection] {
    var tries: [Situation: Int] = [:]
    while true {
      let error: ClientError
      do { return try await ask(query) } catch let caught { error = caught }
      let count = tries[error.situation, default: 0]
      guard let wait = pause(after: error, count) else { throw error }
      tries[error.situation] = count + 1
      do { try await clock.sleep(seconds: wait) } catch { throw .interrupted }
    }
  }

  /// Returns `nil` where asking again would be of no use.
  private func pause(after error: ClientError, _ count: Int) -> Double? {
    let random = Double.random(in: 0..<1)
    switch Reaction.to(error.situation, of: .list) {
    case .retry(let limit) where count < limit:
      return Backoff.seconds(attempt: count, random: random)
    case .wait(let limit) where count < limit:
      return Backoff.limited(attempt: count, asked: error.retryAfter, random: random)
    default: return nil
    }
  }

  private func ask(_ query: ListQuery) async throws(ClientError) -> [Connection] {
    let ticket: Pace.Ticket
    do { ticket = try await pacer.admit(.list) } catch { throw .interrupted }
    let answer: Answer
    do { answer = try await transport.send(.list(query)) } catch {
      pacer.failed(ticket)
      throw ClientError(error)
    }
    pacer.answered(ticket, wasLimited: answer.status == 429)
    return try ListAnswer.connections(in: answer)
  }
}

/// The workspace on a server, changed call by call; pace and retries are its caller's business.
package struct ServerWriter: ConnectionWriter {
  private let transport: any Transport

  package init(transport: any Transport) { self.transport = transport }

  package func perform(_ call: WriteCall) async -> Attempt {
    do {
      return Attempt(call, try await transport.send(call.request))
    } catch {
      return Attempt(error)
    }
  }
}

extension ClientError {
  /// The row of the table of reactions.
  var situation: Situation {
    switch self {
    case .unauthorized: .unauthorized
    case .forbidden: .forbidden
    case .notFound: .notFound
    case .limited: .limited
    case .invalid: .invalid
    case .refused: .refused
    case .redirected, .webPage: .foreign
    case .untrusted, .interrupted: .untrusted
    case .notSent: .notSent
    case .unreadable, .server, .network: .unknown
    }
  }

  fileprivate init(_ failure: TransportFailure) {
    switch failure {
    case .notSent(let reason): self = .notSent(reason)
    case .untrusted(let reason): self = .untrusted(reason)
    case .timedOut(let reason), .interrupted(let reason), .refused(let reason):
      self = .network(reason)
    }
  }

  fileprivate var retryAfter: Double? {
    if case .limited(let seconds) = self { seconds } else { nil }
  }
}

extension TransportFailure {
  /// For a person.
  package var reason: String {
    switch self {
    case .notSent(let reason), .untrusted(let reason), .timedOut(let reason),
      .interrupted(let reason), .refused(let reason):
      reason
    }
  }
}
