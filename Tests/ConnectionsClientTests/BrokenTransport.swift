import API
import ConnectionsClient

/// A way to the server on which every request fails; it counts them.
struct BrokenTransport: Transport {
  let failure: TransportFailure
  let count = Count()

  actor Count {
    private(set) var tries = 0

    func add() { tries += 1 }
  }

  func send(_ request: Request) async throws(TransportFailure) -> Answer {
    await count.add()
    throw failure
  }
}
