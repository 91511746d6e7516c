import Glibc

/// The names of the objects that are open while a text is read, to find one that appears twice.
///
/// Names are compared by their bytes after unescaping, so `"a"` and `"\u0061"` are the same. A few
/// names without escapes are compared one by one, which is faster than hashing; the names of other
/// objects go into a set.
struct MemberNames {
  /// The bytes of a name in the text, without the quotes.
  typealias Name = UnsafeBufferPointer<UInt8>

  /// The names of all open objects.
  private var few: [Name] = []
  /// The unescaped names of an object that has many or one with an escape, by its frame.
  private var many: [Int: Set<[UInt8]>] = [:]

  private static let scanned = 24

  /// Opens an object; returns its frame.
  func open() -> Int { few.count }

  mutating func close(_ frame: Int) {
    few.removeLast(few.count - frame)
    if !many.isEmpty { many[frame] = nil }
  }

  /// Returns `false` iff the object has the name already.
  mutating func insert(_ name: Name, since frame: Int) -> Bool {
    if many.isEmpty || many[frame] == nil {
      let isPlain = few.count - frame < Self.scanned && !name.contains(UInt8(ascii: "\\"))
      if isPlain { return insertPlain(name, since: frame) }
      many[frame] = Set(few[frame...].map(Self.unescaped))
    }
    return many[frame]?.insert(Self.unescaped(name)).inserted == true
  }

  private mutating func insertPlain(_ name: Name, since frame: Int) -> Bool {
    for index in frame..<few.count where Self.areSame(few[index], name) { return false }
    few.append(name)
    return true
  }

  private static func areSame(_ left: Name, _ right: Name) -> Bool {
    guard left.count == right.count, let first = left.baseAddress, let other = right.baseAddress
    else { return left.count == right.count }
    return memcmp(first, other, left.count) == 0
  }

  private static func unescaped(_ name: Name) -> [UInt8] { JSONEscape.unescaped(name) }

  /// Returns the message about a name that appears twice; it quotes only a short name.
  static func problem(_ name: String) -> String {
    name.utf8.count > 64
      ? "a name appears twice in an object" : "\(JSON.string(name).text) appears twice in an object"
  }
}
