import CNIOExtrasZlib

/// Decompresses gzip with any number of members, or zlib. Source: RFC 1952, 2.2; zlib's manual.
final class Inflater {
  private let stream: UnsafeMutablePointer<cnioextras_z_stream>
  /// `true` iff the input so far doesn't stop inside a member.
  private(set) var isComplete = true
  private var hasMember = false

  private static let windowBits: Int32 = 15 + 32
  private static let blockSize = 64 << 10

  init() throws {
    stream = .allocate(capacity: 1)
    stream.initialize(to: cnioextras_z_stream())
    guard CNIOExtrasZlib_inflateInit2(stream, Self.windowBits) == CNIOEXTRAS_Z_OK else {
      throw BodyProblem.malformed
    }
  }

  deinit {
    _ = cnioextras_z_inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Appends what `input` decompresses to; throws once `output` would exceed the limit.
  func inflate(_ input: [UInt8], into output: inout [UInt8], limit: Int) throws {
    var input = input
    try input.withUnsafeMutableBufferPointer { bytes in
      stream.pointee.next_in = bytes.baseAddress
      stream.pointee.avail_in = UInt32(clamping: bytes.count)
      while try inflateBlock(into: &output, limit: limit) {}
      stream.pointee.next_in = nil
    }
  }

  /// Decompresses one block. Returns `false` when it needs more input.
  private func inflateBlock(into output: inout [UInt8], limit: Int) throws -> Bool {
    if isComplete {
      guard stream.pointee.avail_in > 0 else { return false }
      try beginMember()
    }
    let (block, status) = nextBlock()
    guard block.count <= limit - output.count else { throw BodyProblem.tooLarge }
    output += block
    switch status {
    case CNIOEXTRAS_Z_STREAM_END: isComplete = true
    case CNIOEXTRAS_Z_OK: break
    // There is neither input nor output left.
    case CNIOEXTRAS_Z_BUF_ERROR: return false
    default: throw BodyProblem.malformed
    }
    return isComplete || block.count == Self.blockSize || stream.pointee.avail_in > 0
  }

  private func beginMember() throws {
    if hasMember, cnioextras_z_inflateReset(stream) != CNIOEXTRAS_Z_OK {
      throw BodyProblem.malformed
    }
    (hasMember, isComplete) = (true, false)
  }

  private func nextBlock() -> (bytes: [UInt8], status: Int32) {
    var status = CNIOEXTRAS_Z_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, count in
      stream.pointee.next_out = buffer.baseAddress
      stream.pointee.avail_out = UInt32(Self.blockSize)
      status = cnioextras_z_inflate(stream, CNIOEXTRAS_Z_NO_FLUSH)
      count = Self.blockSize - Int(stream.pointee.avail_out)
      stream.pointee.next_out = nil
    }
    return (bytes, status)
  }
}
