import NIOCore
import NIOPosix

/// A server that sends these bytes to every request, whatever they are, and closes the connection.
final class RawServer: Sendable {
  private let channel: any Channel
  let url: String

  /// With `again`, the connection stays open, and these bytes follow every 50 ms.
  init(_ bytes: [UInt8], again: [UInt8]? = nil) async throws {
    channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(RawAnswer(bytes, again))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    url = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
  }

  convenience init(_ text: String, again: String? = nil) async throws {
    try await self.init(Array(text.utf8), again: again.map { Array($0.utf8) })
  }

  func stop() async throws { try await channel.close() }
}

private final class RawAnswer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let bytes: [UInt8]
  private let again: [UInt8]?

  init(_ bytes: [UInt8], _ again: [UInt8]?) {
    self.bytes = bytes
    self.again = again
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let channel = context.channel
    channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    guard let again else { return channel.close(promise: nil) }
    channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(50)) { task in
      guard channel.isActive else { return task.cancel() }
      channel.writeAndFlush(ByteBuffer(bytes: again), promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
