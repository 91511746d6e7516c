import NIOCore
import NIOHTTP1

/// The reason a connection refuses what the server sends.
enum AnswerProblem: Error, Hashable {
  /// The status isn't from 200 to 999, or the connection changes its protocol.
  case status
  /// There are too many interim answers.
  case interim
  /// The headers, the chunk extensions or the trailers are too large.
  case headers
}

/// Ends a call whose answer the HTTP client can't take, or that never ends.
///
/// The client traps on a status below 100, waits forever while interim answers arrive, and doesn't limit
/// chunk extensions and trailers. So each connection has a guard on both sides of the decoder:
/// one counts the bytes that arrive, the other what the decoder makes of them.
enum AnswerGuard {
  /// The most interim answers to one call.
  static let interimLimit = 32
  /// The most bytes of an answer that aren't its body.
  static let headerLimit = 64 << 10
  /// The most bytes around a chunk without extensions: 16 digits and two line ends.
  static let chunkFrame = 20

  /// Adds the guard to a connection of the HTTP client.
  static func add(to channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.submit {
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
      let count = AnswerCount()
      try pipeline.addHandler(ArrivalGuard(count), position: .before(decoder))
      try pipeline.addHandler(MessageGuard(count), position: .after(decoder))
    }
  }
}

/// The size of the answer that is arriving, so far.
final class AnswerCount {
  var arrived = 0
  var body = 0
  var chunks = 0
  var interim = 0
  private(set) var hasFailed = false

  /// The bytes that can't be the body or the frames of its chunks.
  var headers: Int { arrived - body - chunks * AnswerGuard.chunkFrame }

  func reset() { (arrived, body, chunks, interim) = (0, 0, 0, 0) }

  /// Fails the call and closes the connection. Later bytes are ignored.
  func fail(_ context: ChannelHandlerContext, _ problem: AnswerProblem) {
    guard !hasFailed else { return }
    hasFailed = true
    context.fireErrorCaught(problem)
    context.close(promise: nil)
  }
}

/// Counts the bytes before they are decoded.
private final class ArrivalGuard: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let count: AnswerCount

  init(_ count: AnswerCount) { self.count = count }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !count.hasFailed else { return }
    count.arrived += unwrapInboundIn(data).readableBytes
    context.fireChannelRead(data)
    if count.headers > AnswerGuard.headerLimit { count.fail(context, .headers) }
  }
}

/// Checks the parts of an answer.
private final class MessageGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let count: AnswerCount

  init(_ count: AnswerCount) { self.count = count }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !count.hasFailed else { return }
    if let problem = problem(unwrapInboundIn(data)) { return count.fail(context, problem) }
    context.fireChannelRead(data)
  }

  private func problem(_ part: HTTPClientResponsePart) -> AnswerProblem? {
    switch part {
    case .head(let head): return problem(ofStatus: head.status.code)
    case .body(let bytes):
      count.body += bytes.readableBytes
      count.chunks += 1
    case .end: count.reset()
    }
    return nil
  }

  private func problem(ofStatus code: UInt) -> AnswerProblem? {
    guard (100...999).contains(code), code != 101 else { return .status }
    guard code < 200 else { return nil }
    count.interim += 1
    return count.interim > AnswerGuard.interimLimit ? .interim : nil
  }
}
