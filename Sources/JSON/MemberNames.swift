import Glibc

/// The names of the objects that are open while a text is read, to find one that appears twice.
///
/// Names are compared by their bytes after unescaping, so `"a"` and `"\u0061"` are the same. A few
/// names without escapes are compared one by one, which is faster than hashing; the names of other
/// objects go into a set.
struct MemberNames {
  /// The bytes of a name in the text, without the quotes.
  typealias Name = UnsafeBufferPointer<UInt8>

  /// The names of all open objects, the outermost first.
  private var few: [Name] = []
  /// The index in `few` of the first name of each open object.
  private var starts: [Int] = []
  /// The unescaped names of an open object that has many or one with an escape, by its depth.
  private var many: [Int: Set<[UInt8]>] = [:]

  private static let scanned = 24

  /// Opens an object inside the current one.
  mutating func open() { starts.append(few.count) }

  /// Closes the current object.
  mutating func close() {
    if !many.isEmpty { many[starts.count] = nil }
    let start = starts.removeLast()
    few.removeLast(few.count - start)
  }

  /// Adds a name to the current object. Returns `false` iff it has the name already.
  mutating func insert(_ name: Name) -> Bool {
    let (start, depth) = (starts.last ?? 0, starts.count)
    if many.isEmpty || many[depth] == nil {
      let isPlain = few.count - start < Self.scanned && !name.contains(UInt8(ascii: "\\"))
      if isPlain { return insertPlain(name, from: start) }
      many[depth] = Set(few[start...].map(JSONEscape.unescaped))
    }
    return many[depth]?.insert(JSONEscape.unescaped(name)).inserted == true
  }

  private mutating func insertPlain(_ name: Name, from start: Int) -> Bool {
    for index in start..<few.count where Self.areSame(few[index], name) { return false }
    few.append(name)
    return true
  }

  private static func areSame(_ left: Name, _ right: Name) -> Bool {
    guard left.count == right.count, let first = left.baseAddress, let other = right.baseAddress
    else { return left.count == right.count }
    return memcmp(first, other, left.count) == 0
  }

  /// Returns the message about a name that appears twice; it quotes only a short name.
  static func problem(_ name: String) -> String {
    name.utf8.count > 64
      ? "a name appears twice in an object" : "\(JSON.string(name).text) appears twice in an object"
  }
}
