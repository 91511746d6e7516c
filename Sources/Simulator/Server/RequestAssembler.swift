import NIOCore
import NIOHTTP1

/// Assembles a request from the parser's parts.
struct RequestAssembler {
  /// Maximum size of a body in bytes.
  static let bodyLimit = 1 << 20

  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var bodyIsTooLarge = false

  /// Returns the complete request if this is its last part.
  mutating func consume(
    _ part: HTTPServerRequestPart, clock: SimulatorClock
  ) -> (request: ReceivedRequest, keepsAlive: Bool)? {
    switch part {
    case .head(let head): self.head = head
    case .body(let bytes): append(bytes)
    case .end: return finish(at: clock.elapsed())
    }
    return nil
  }

  private mutating func append(_ bytes: ByteBuffer) {
    bodyIsTooLarge = bodyIsTooLarge || body.count + bytes.readableBytes > Self.bodyLimit
    body = bodyIsTooLarge ? [] : body + bytes.readableBytesView
  }

  private mutating func finish(
    at arrival: Duration
  ) -> (request: ReceivedRequest, keepsAlive: Bool)? {
    defer { self = RequestAssembler() }
    guard let head else { return nil }
    let request = ReceivedRequest(
      method: head.method.rawValue, uri: head.uri,
      headers: head.headers.map { ReceivedRequest.Header(name: $0.name, value: $0.value) },
      body: body, bodyIsTooLarge: bodyIsTooLarge, arrival: arrival)
    return (request, head.isKeepAlive)
  }
}
