import API
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
  private var scanner: ListScanner?
  /// `true` iff the rest needn't be read: a list has an element that isn't an object.
  private(set) var isCutShort = false

  init(_ coding: ContentCoding, limit: Int, isList: Bool = false) throws {
    self.limit = limit
    scanner = isList ? ListScanner() : nil
    inflater = coding == .deflated ? try Inflater() : nil
  }

  mutating func append(_ part: ByteBuffer) throws {
    let start = bytes.count
    try decode(part)
    isCutShort = scanner?.findsOther(in: bytes[start...]) ?? false
  }

  private mutating func decode(_ part: ByteBuffer) throws {
    guard let inflater else {
      guard part.readableBytes <= limit - bytes.count else { throw BodyProblem.tooLarge }
      return bytes.append(contentsOf: part.readableBytesView)
    }
    try inflater.inflate(Array(part.readableBytesView), into: &bytes, limit: limit)
  }

  /// Returns the whole body; throws if the compressed data stop in the middle. An empty body is never
  /// compressed, whatever its headers say.
  func finish() throws -> [UInt8] {
    guard isCutShort || inflater?.isComplete != false else { throw BodyProblem.truncated }
    return bytes
  }
}
