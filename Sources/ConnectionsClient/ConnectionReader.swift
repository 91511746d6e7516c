/// Reads the workspace.
package protocol ConnectionReader: Sendable {
  /// `true` iff a list is a call to the server.
  var isRemote: Bool { get }
  func list(_ query: ListQuery) async throws(ClientError) -> [Connection]
}

/// Changes the workspace, one connection a call.
package protocol ConnectionWriter: Sendable {
  func perform(_ call: WriteCall) async -> Attempt
}

/// The workspace on a server, read at the permitted rate.
package struct ServerReader: ConnectionReader {
  private let transport: any Transport
  private let pacer: Pacer

  package var isRemote: Bool { true }

  package init(transport: any Transport, pacer: Pacer) {
    self.transport = transport
    self.pacer = pacer
  }

  package func list(_ query: ListQuery) async throws(ClientError) -> [Connection] {
    for attempt in 0..<Retry.limit {
      do {
        return try ListAnswer.connections(in: try await answer(query))
      } catch .limited(let seconds) where attempt + 1 < Retry.limit {
        try await wait(Retry.delay(attempt, asked: seconds))
      }
    }
    throw .limited(retryAfter: nil)
  }

  private func answer(_ query: ListQuery) async throws(ClientError) -> Answer {
    do {
      try await pacer.admitList()
      let answer = try await transport.send(.list(query))
      await pacer.listAnswered()
      return answer
    } catch let failure as TransportFailure {
      throw .network(failure.reason)
    } catch {
      throw .network("interrupted")
    }
  }

  private func wait(_ seconds: Double) async throws(ClientError) {
    do { try await pacer.backOff(seconds: seconds) } catch { throw .network("interrupted") }
  }
}

/// The workspace on a server, changed at the permitted rate. A 429 is waited out; it is never an
/// outcome until the patience for it is used up.
package struct ServerWriter: ConnectionWriter {
  private let transport: any Transport
  private let pacer: Pacer

  package init(transport: any Transport, pacer: Pacer) {
    self.transport = transport
    self.pacer = pacer
  }

  package func perform(_ call: WriteCall) async -> Attempt {
    var attempt = await send(call)
    for count in 0..<(Retry.limit - 1) {
      guard case .rejected(let rejection) = attempt,
        case .limited(let seconds) = rejection.kind
      else { return attempt }
      do { try await pacer.backOff(seconds: Retry.delay(count, asked: seconds)) } catch {
        return .cancelled
      }
      attempt = await send(call)
    }
    return attempt
  }

  private func send(_ call: WriteCall) async -> Attempt {
    do { try await pacer.admitWrite() } catch { return .cancelled }
    let attempt: Attempt
    do {
      attempt = Attempt(call, try await transport.send(call.request))
    } catch {
      attempt = Attempt(error)
    }
    await pacer.writeAnswered()
    return attempt
  }
}

/// How often and after how long a call is sent again that was over the limit.
private enum Retry {
  static let limit = 8

  /// What the server asks for, or a second doubled each time; a minute at most.
  static func delay(_ attempt: Int, asked: Double?) -> Double {
    min(60, asked ?? Double(1 << attempt))
  }
}

extension TransportFailure {
  var reason: String {
    switch self {
    case .notSent(let reason), .interrupted(let reason), .refused(let reason): reason
    }
  }
}
