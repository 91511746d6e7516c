import NIOCore

/// The reason a body can't be decoded.
enum BodyProblem: Error, Hashable {
  case tooLarge
  case malformed
  case truncated
}

/// A body that arrives in parts, decoded. It never holds more than `limit` bytes.
struct AnswerBody {
  private let limit: Int
  private let inflater: Inflater?
  private var bytes: [UInt8] = []

  init(_ coding: ContentCoding, limit: Int) throws {
    self.limit = limit
    inflater = coding == .deflated ? try Inflater() : nil
  }

  mutating func append(_ part: ByteBuffer) throws {
    guard let inflater else {
      guard part.readableBytes <= limit - bytes.count else { throw BodyProblem.tooLarge }
      return bytes.append(contentsOf: part.readableBytesView)
    }
    try inflater.inflate(Array(part.readableBytesView), into: &bytes, limit: limit)
  }

  /// Returns the whole body; throws if the compressed data stop in the middle. An empty body is never
  /// compressed, whatever its headers say.
  func finish() throws -> [UInt8] {
    guard inflater?.isComplete != false else { throw BodyProblem.truncated }
    return bytes
  }
}
