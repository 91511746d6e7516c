/// The names of an object's members while it is parsed, to find one that appears twice.
///
/// Names are compared by their bytes after unescaping, so `"a"` and `"\u0061"` are the same. A few
/// names are compared one by one, which is faster than hashing; more go into a set.
struct MemberNames {
  private var few: [String] = []
  private var many: Set<[UInt8]> = []

  private static let scanned = 24

  /// Returns `false` iff the name was inserted before.
  mutating func insert(_ name: String) -> Bool {
    if many.isEmpty, few.count < Self.scanned {
      guard !few.contains(where: { $0.hasSameBytes(as: name) }) else { return false }
      few.append(name)
      return true
    }
    if many.isEmpty { many = Set(few.map { Array($0.utf8) }) }
    return many.insert(Array(name.utf8)).inserted
  }

  /// Returns the message about a name that appears twice; it quotes only a short name.
  static func problem(_ name: String) -> String {
    name.utf8.count > 64
      ? "a name appears twice in an object" : "\(JSON.string(name).text) appears twice in an object"
  }
}
