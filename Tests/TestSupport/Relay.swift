import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on this machine that passes bytes on to another one: after a CONNECT, as a proxy does, or
/// decrypted, as the front of a server does.
package final class Relay: Sendable {
  private let channel: any Channel
  private let record: Record
  package let port: Int

  /// A proxy. It connects to `port`, whatever host it is asked for, or refuses with this answer.
  package static func proxy(to port: Int, refusing answer: [UInt8]? = nil) async throws -> Relay {
    try await Relay(to: port) { ConnectHandler($0, port: port, refusal: answer) }
  }

  /// An https server with this certificate, in front of an http server.
  package static func front(of port: Int, _ certificate: TestCertificate) async throws -> Relay {
    let context = try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.file.path).map {
          .certificate($0)
        },
        privateKey: .privateKey(NIOSSLPrivateKey(file: certificate.key.path, format: .pem))))
    return try await Relay(to: port) { record in
      ConnectHandler(record, port: port, isConnected: true)
    } before: {
      NIOSSLServerHandler(context: context)
    }
  }

  private init(
    to port: Int, _ handler: @escaping @Sendable (Record) -> ConnectHandler,
    before: (@Sendable () -> NIOSSLServerHandler)? = nil
  ) async throws {
    let record = Record()
    self.record = record
    channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let before { try channel.pipeline.syncOperations.addHandler(before()) }
          try channel.pipeline.syncOperations.addHandler(handler(record))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    self.port = channel.localAddress?.port ?? 0
  }

  /// The requests to connect, each without its final empty line.
  package var requests: [String] { record.state.withLock { $0.requests } }

  /// All bytes that came in.
  package var bytes: [UInt8] { record.state.withLock { $0.bytes } }

  package func stop() async throws { try await channel.close() }

  fileprivate final class Record: Sendable {
    let state = Mutex((requests: [String](), bytes: [UInt8]()))
  }
}

/// Reads a CONNECT, connects to the server and passes on whatever follows.
private final class ConnectHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let record: Relay.Record
  private let port: Int
  private let refusal: [UInt8]?
  private var isConnected: Bool
  private var head: [UInt8] = []
  private var server: EventLoopFuture<any Channel>?

  init(
    _ record: Relay.Record, port: Int, refusal: [UInt8]? = nil, isConnected: Bool = false
  ) {
    self.record = record
    self.port = port
    self.refusal = refusal
    self.isConnected = isConnected
  }

  func channelActive(context: ChannelHandlerContext) {
    if isConnected { connect(context.channel) }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    record.state.withLock { $0.bytes += bytes.readableBytesView }
    guard isConnected else { return read(bytes, context.channel) }
    server?.whenSuccess { $0.writeAndFlush(bytes, promise: nil) }
  }

  private func read(_ bytes: ByteBuffer, _ channel: any Channel) {
    head += bytes.readableBytesView
    guard head.suffix(4) == Array("\r\n\r\n".utf8) else { return }
    record.state.withLock { $0.requests.append(String(decoding: head.dropLast(4), as: UTF8.self)) }
    if let refusal {
      channel.writeAndFlush(ByteBuffer(bytes: refusal)).whenComplete { _ in
        channel.close(promise: nil)
      }
      return
    }
    isConnected = true
    connect(channel)
    server?.whenSuccess { _ in
      channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\n"), promise: nil)
    }
  }

  private func connect(_ channel: any Channel) {
    server = ClientBootstrap(group: channel.eventLoop)
      .channelInitializer { server in
        server.eventLoop.makeCompletedFuture {
          try server.pipeline.syncOperations.addHandler(ReturnHandler(channel))
        }
      }
      .connect(host: "127.0.0.1", port: port)
    server?.whenFailure { _ in channel.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    server?.whenSuccess { $0.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

/// Passes the server's bytes back.
private final class ReturnHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let client: any Channel

  init(_ client: any Channel) { self.client = client }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    client.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
