import API
import ConnectionsClient
import Execution

/// Reports each call as an event, and with `--verbose` on stderr.
struct ObservedTransport: Transport {
  let carrier: any Transport
  let events: any EventSink
  let host: Host
  let isVerbose: Bool

  func send(_ request: Request) async throws(TransportFailure) -> Answer {
    let clock = host.clock
    let start = clock.uptime()
    do {
      let answer = try await carrier.send(request)
      emit(request, answer.status, nil, clock.uptime() - start)
      return answer
    } catch {
      emit(request, nil, error.reason, clock.uptime() - start)
      throw error
    }
  }

  private func emit(_ request: Request, _ status: Int?, _ error: String?, _ seconds: Double) {
    events.emit(.call(request, status: status, error: error, seconds: seconds))
    guard isVerbose else { return }
    let result = status.map(String.init) ?? error ?? ""
    host.output.talk("\(request.method.rawValue) \(request.target) → \(result)")
  }
}
