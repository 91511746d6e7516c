/// A compiled regular expression. Matching takes time proportional to text × pattern.
///
/// No pattern can make it hang: all threads advance over the text together, as in Russ Cox,
/// "Regular Expression Matching Can Be Simple And Fast" (2007). Back-references and look-around
/// don't work this way, so they are rejected when the pattern is compiled.
package struct RegularExpression: Hashable, Sendable {
  package let pattern: String
  let program: [Instruction]
  let ignoresCase: Bool
  private var automaton: RegularExpressionAutomaton?

  /// One step of a thread.
  enum Instruction: Hashable, Sendable {
    case character(CharacterSet)
    case split(Int, Int)
    case jump(Int)
    case textStart
    case textEnd
    case wordBoundary(Bool)
    case match
  }

  /// An error in a pattern, and its offset in Unicode scalars from 0.
  package struct Problem: Error, Hashable {
    package let message: String
    package let offset: Int
  }

  /// Compiles `pattern`. Throws if it is invalid or can't be matched in linear time.
  package init(_ pattern: String) throws(Problem) {
    var compiler = RegularExpressionCompiler(pattern)
    self.program = try compiler.compile()
    self.ignoresCase = compiler.ignoresCase
    self.pattern = pattern
    automaton = RegularExpressionAutomaton(program, ignoresCase: ignoresCase)
  }

  package static func == (lhs: Self, rhs: Self) -> Bool { lhs.pattern == rhs.pattern }

  package func hash(into hasher: inout Hasher) { hasher.combine(pattern) }

  /// Returns `true` iff the pattern matches somewhere in `text`.
  package func matches(_ text: String) -> Bool { matches(text.utf8Span.span) }

  /// Returns `true` iff the pattern matches somewhere in a text, of which these are the UTF-8.
  package func matches(_ text: Span<UInt8>) -> Bool {
    automaton?.matches(text)
      ?? matchesThreads(text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
  }

  /// The same expression for another thread: what it learns about texts, it doesn't share.
  package var unshared: RegularExpression {
    var unshared = self
    unshared.automaton = RegularExpressionAutomaton(program, ignoresCase: ignoresCase)
    return unshared
  }

  /// Advances all threads together, character by character.
  private func matchesThreads(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var threads = ThreadList(count: program.count)
    for index in 0...scalars.count {
      follow(0, at: index, in: scalars, into: &threads)
      if threads.matched { return true }
      guard index < scalars.count else { break }
      threads = step(threads, over: scalars[index], to: index + 1, in: scalars)
    }
    return threads.matched
  }

  private func step(
    _ threads: ThreadList, over scalar: Unicode.Scalar, to index: Int, in text: [Unicode.Scalar]
  ) -> ThreadList {
    var next = ThreadList(count: program.count)
    for pc in threads.order {
      guard case .character(let set) = program[pc] else { continue }
      if set.contains(scalar, ignoringCase: ignoresCase) {
        follow(pc + 1, at: index, in: text, into: &next)
      }
    }
    return next
  }

  /// Adds the threads that can be reached from `start` without consuming a character.
  private func follow(
    _ start: Int, at index: Int, in text: [Unicode.Scalar], into threads: inout ThreadList
  ) {
    var stack = [start]
    while let pc = stack.popLast() {
      guard threads.insert(pc) else { continue }
      switch program[pc] {
      case .jump(let target): stack.append(target)
      case .split(let first, let second): stack += [second, first]
      case .textStart: if index == 0 { stack.append(pc + 1) }
      case .textEnd: if index == text.count { stack.append(pc + 1) }
      case .wordBoundary(let wanted):
        if Self.isBoundary(index, in: text) == wanted { stack.append(pc + 1) }
      case .match: threads.matched = true
      case .character: break
      }
    }
  }

  private static func isBoundary(_ index: Int, in text: [Unicode.Scalar]) -> Bool {
    let before = index > 0 && CharacterSet.word.contains(text[index - 1])
    let after = index < text.count && CharacterSet.word.contains(text[index])
    return before != after
  }
}

/// The program counters of all threads, each once.
private struct ThreadList {
  var order: [Int] = []
  var matched = false
  private var present: [Bool]

  init(count: Int) { present = Array(repeating: false, count: count) }

  mutating func insert(_ pc: Int) -> Bool {
    guard !present[pc] else { return false }
    present[pc] = true
    order.append(pc)
    return true
  }
}

extension RegularExpression {
  /// A set of characters, such as `[a-z]`, `\d`, `.` or a single character.
  struct CharacterSet: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>]
    var isNegated = false

    static let digit = CharacterSet(ranges: [0x30...0x39])
    static let space = CharacterSet(ranges: [0x09...0x0D, 0x20...0x20])
    static let word = CharacterSet(
      ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let anyButNewline = CharacterSet(ranges: [0x0A...0x0A], isNegated: true)

    static func only(_ scalar: Unicode.Scalar) -> CharacterSet {
      CharacterSet(ranges: [scalar.value...scalar.value])
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      ranges.contains { $0.contains(scalar.value) } != isNegated
    }

    func contains(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Bool {
      guard ignoringCase else { return contains(scalar) }
      let inside = scalar.caseForms.contains { form in ranges.contains { $0.contains(form.value) } }
      return inside != isNegated
    }

    /// The ranges of the set's complement.
    var inverted: [ClosedRange<UInt32>] {
      var start: UInt32 = 0
      var gaps: [ClosedRange<UInt32>] = []
      for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if range.lowerBound > start { gaps.append(start...(range.lowerBound - 1)) }
        start = max(start, range.upperBound + 1)
      }
      return start <= 0x10FFFF ? gaps + [start...0x10FFFF] : gaps
    }
  }
}

extension Unicode.Scalar {
  /// The scalar and its other letter cases. The dotless ı isn't treated as an I: only Turkic
  /// languages fold the two. Source: Unicode's CaseFolding.txt.
  fileprivate var caseForms: [Unicode.Scalar] {
    guard value != 0x131 else { return [self] }
    let folded = simpleUppercase.simpleLowercase
    return [self, folded, folded.simpleUppercase]
  }

  fileprivate var simpleLowercase: Unicode.Scalar {
    let mapped = properties.lowercaseMapping.unicodeScalars
    return mapped.count == 1 ? mapped.first ?? self : self
  }

  fileprivate var simpleUppercase: Unicode.Scalar {
    let mapped = properties.uppercaseMapping.unicodeScalars
    return mapped.count == 1 ? mapped.first ?? self : self
  }
}
