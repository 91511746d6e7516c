import NIOCore
import NIOHTTP1

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Serves one TCP connection, one request at a time; pipelined requests wait their turn.
final class HTTPConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private struct Turn {
    let request: ReceivedRequest
    let keepsAlive: Bool
  }

  private let backend: Backend
  private var assembler = RequestAssembler()
  private var waiting: [Turn] = []
  private var isAnswering = false

  init(_ backend: Backend) { self.backend = backend }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    backend.assumeIsolated { $0.opened(channel) }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    let channel = context.channel
    backend.assumeIsolated { $0.closed(channel) }
    waiting = []
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    if case .head(let head) = part { invite(head, context) }
    guard let complete = assembler.consume(part, clock: backend.options.clock) else { return }
    waiting.append(Turn(request: complete.request, keepsAlive: complete.keepsAlive))
    startTurn(context)
  }

  /// Answers input that is not HTTP once, if possible, and closes the connection.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    waiting = []
    if error is HTTPParserError { write(.badRequest, keepsAlive: false, context) }
    context.close(promise: nil)
  }

  /// Answers `Expect: 100-continue`, with which a client waits before it sends the body.
  private func invite(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    guard head.headers[canonicalForm: "Expect"].contains("100-continue") else { return }
    write(bytes: Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), context)
  }

  private func startTurn(_ context: ChannelHandlerContext) {
    guard !isAnswering, !waiting.isEmpty else { return }
    isAnswering = true
    let turn = waiting.removeFirst()
    let reply = backend.assumeIsolated { $0.reply(to: turn.request) }
    deliver(reply, turn, context)
  }

  private func deliver(_ reply: Reply, _ turn: Turn, _ context: ChannelHandlerContext) {
    switch reply.delivery {
    case .whole: finish(reply.answer, turn, context)
    case .unannouncedClose:
      write(reply.answer, keepsAlive: true, context)
      context.close(promise: nil)
    case .half:
      write(bytes: half(reply.answer), context)
      context.close(promise: nil)
    case .bytes(let bytes):
      write(bytes: bytes, context)
      context.close(promise: nil)
    case .reset: reset(context)
    case .none: break
    case .byteByByte:
      write(bytes: reply.answer.head(at: backend.options.clock.now, keepsAlive: true), context)
      drip(reply.answer.body[...], turn, context)
    case .late(let milliseconds):
      context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) {
        self.finish(reply.answer, turn, context)
      }
    }
  }

  private func finish(_ answer: HTTPAnswer, _ turn: Turn, _ context: ChannelHandlerContext) {
    let bodyBytes = turn.request.method == "HEAD" ? 0 : answer.body.count
    write(answer, keepsAlive: turn.keepsAlive, bodyBytes: bodyBytes, context)
    endTurn(turn, context)
  }

  private func endTurn(_ turn: Turn, _ context: ChannelHandlerContext) {
    guard turn.keepsAlive else { return context.close(promise: nil) }
    isAnswering = false
    startTurn(context)
  }

  private func drip(_ rest: ArraySlice<UInt8>, _ turn: Turn, _ context: ChannelHandlerContext) {
    guard let byte = rest.first, context.channel.isActive else { return endTurn(turn, context) }
    write(bytes: [byte], context)
    context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
      self.drip(rest.dropFirst(), turn, context)
    }
  }

  /// The head and half of the body; half of the head if there is no body.
  private func half(_ answer: HTTPAnswer) -> [UInt8] {
    let head = answer.head(at: backend.options.clock.now, keepsAlive: true)
    if answer.body.isEmpty { return Array(head.prefix(head.count / 2)) }
    return head + answer.body.prefix(answer.body.count / 2)
  }

  /// Closes with RST instead of FIN, by setting the linger time to zero.
  private func reset(_ context: ChannelHandlerContext) {
    let options = context.channel as? any SocketOptionProvider
    _ = options?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    context.close(promise: nil)
  }

  private func write(
    _ answer: HTTPAnswer, keepsAlive: Bool, bodyBytes: Int = .max, _ context: ChannelHandlerContext
  ) {
    let head = answer.head(at: backend.options.clock.now, keepsAlive: keepsAlive)
    write(bytes: head + (answer.hasBody ? answer.body.prefix(bodyBytes) : []), context)
  }

  private func write(bytes: [UInt8], _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
  }
}
