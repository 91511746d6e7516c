/// Compiles a pattern to the program of a ``RegularExpression``.
struct RegularExpressionCompiler {
  typealias Problem = RegularExpression.Problem
  typealias Instruction = RegularExpression.Instruction
  typealias CharacterSet = RegularExpression.CharacterSet

  private let pattern: [Unicode.Scalar]
  private var index = 0
  private var depth = 0
  private(set) var ignoresCase = false

  private static let largestProgram = 10_000
  private static let largestDepth = 100
  private static let largestCount = 1_000

  init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

  mutating func compile() throws(Problem) -> [Instruction] {
    if pattern.starts(with: "(?i)".unicodeScalars) {
      index = 4
      ignoresCase = true
    }
    let body = try alternation()
    guard index == pattern.count else { throw problem("unmatched `)`") }
    return body + [.match]
  }

  /// `alternation = sequence { "|" sequence } ;`
  private mutating func alternation() throws(Problem) -> [Instruction] {
    var choices = [try sequence()]
    while consume("|") { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : choice(choices)
  }

  /// `sequence = { atom [ quantifier ] } ;`
  private mutating func sequence() throws(Problem) -> [Instruction] {
    var code: [Instruction] = []
    while let next = peek, next != "|", next != ")" {
      let atom = try atom()
      append(try quantified(atom), to: &code)
      guard code.count <= Self.largestProgram else { throw problem("the pattern is too large") }
    }
    return code
  }

  private mutating func atom() throws(Problem) -> [Instruction] {
    let scalar = pattern[index]
    index += 1
    switch scalar {
    case "(": return try group()
    case "[": return [.character(try characterClass())]
    case ".": return [.character(.anyButNewline)]
    case "^": return [.textStart]
    case "$": return [.textEnd]
    case "\\": return [try escape()]
    case "*", "+", "?": throw problem("nothing to repeat", at: index - 1)
    default: return [.character(.only(scalar))]
    }
  }

  private mutating func group() throws(Problem) -> [Instruction] {
    let start = index - 1
    if consume("?") {
      guard consume(":") else {
        throw problem("look-around and named groups are not supported", at: start)
      }
    }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.largestDepth else { throw problem("nested too deeply", at: start) }
    let body = try alternation()
    guard consume(")") else { throw problem("`(` is never closed", at: start) }
    return body
  }

  private mutating func escape() throws(Problem) -> Instruction {
    let start = index - 1
    guard let letter = peek else { throw problem("`\\` at the end", at: start) }
    if letter == "b" || letter == "B" {
      index += 1
      return .wordBoundary(letter == "b")
    }
    return .character(try escapedSet())
  }

  /// Parses the character set after a backslash that has already been taken.
  private mutating func escapedSet() throws(Problem) -> CharacterSet {
    guard let letter = peek else { throw problem("`\\` at the end", at: index - 1) }
    index += 1
    if let set = Self.classes[letter] { return set }
    if let control = Self.controls[letter] { return .only(control) }
    guard !letter.properties.isAlphabetic, !("0"..."9").contains(letter) else {
      throw problem(
        ("1"..."9").contains(letter)
          ? "back-references are not supported" : "unknown escape `\\\(letter)`", at: index - 2)
    }
    return .only(letter)
  }

  private static let classes: [Unicode.Scalar: CharacterSet] = [
    "d": .digit, "s": .space, "w": .word,
    "D": CharacterSet(ranges: CharacterSet.digit.inverted),
    "S": CharacterSet(ranges: CharacterSet.space.inverted),
    "W": CharacterSet(ranges: CharacterSet.word.inverted),
  ]
  private static let controls: [Unicode.Scalar: Unicode.Scalar] = [
    "n": "\n", "t": "\t", "r": "\r",
  ]

  /// `class = "[" [ "^" ] member { member } "]" ;`, after the bracket.
  private mutating func characterClass() throws(Problem) -> CharacterSet {
    let start = index - 1
    var set = CharacterSet(ranges: [], isNegated: consume("^"))
    repeat {
      guard peek != nil else { throw problem("`[` is never closed", at: start) }
      set.ranges += try classMember()
    } while !consume("]")
    return set
  }

  private mutating func classMember() throws(Problem) -> [ClosedRange<UInt32>] {
    let start = index
    let first = try classAtom()
    guard let low = first.single, peek == "-", index + 1 < pattern.count,
      pattern[index + 1] != "]"
    else { return first.ranges }
    index += 1
    guard let high = try classAtom().single, low <= high else {
      throw problem("the range ends before it starts", at: start)
    }
    return [low...high]
  }

  private mutating func classAtom() throws(Problem) -> CharacterSet {
    guard let scalar = peek else { throw problem("`[` is never closed") }
    index += 1
    return scalar == "\\" ? try escapedSet() : .only(scalar)
  }

  // MARK: Quantifiers

  private mutating func quantified(_ atom: [Instruction]) throws(Problem) -> [Instruction] {
    let start = index
    guard let (low, high) = try quantifier() else { return atom }
    _ = consume("?")
    if let next = peek, "*+?".unicodeScalars.contains(next) {
      throw problem("nothing to repeat")
    }
    let copies = max(low, high ?? low + 1)
    guard copies * (atom.count + 2) <= Self.largestProgram else {
      throw problem("the pattern is too large", at: start)
    }
    return repeated(atom, low, high)
  }

  /// Returns the smallest and largest count; a largest of `nil` means unlimited.
  private mutating func quantifier() throws(Problem) -> (Int, Int?)? {
    if consume("*") { return (0, nil) }
    if consume("+") { return (1, nil) }
    if consume("?") { return (0, 1) }
    guard peek == "{", index + 1 < pattern.count, ("0"..."9").contains(pattern[index + 1]) else {
      return nil
    }
    return try counts()
  }

  /// `"{" low [ "," [ high ] ] "}"`
  private mutating func counts() throws(Problem) -> (Int, Int?) {
    let start = index
    index += 1
    let low = number()
    let high = consume(",") ? (peek == "}" ? nil : number()) : low
    guard consume("}") else { throw problem("`{` is never closed", at: start) }
    guard low <= Self.largestCount, high ?? low <= Self.largestCount, low <= high ?? low else {
      throw problem("the counts are out of order or greater than \(Self.largestCount)", at: start)
    }
    return (low, high)
  }

  private mutating func number() -> Int {
    var value = 0
    while let digit = peek, ("0"..."9").contains(digit) {
      value = min(value * 10 + Int(digit.value - 0x30), Self.largestCount + 1)
      index += 1
    }
    return value
  }

  private func repeated(_ atom: [Instruction], _ low: Int, _ high: Int?) -> [Instruction] {
    var code: [Instruction] = []
    for _ in 0..<low { append(atom, to: &code) }
    if let high {
      for _ in 0..<(high - low) { append(optional(atom), to: &code) }
    } else {
      append(star(atom), to: &code)
    }
    return code
  }

  // MARK: Code; targets are relative to the start of each piece until it is appended

  private func star(_ atom: [Instruction]) -> [Instruction] {
    [.split(1, atom.count + 2)] + atom.map { shifted($0, by: 1) } + [.jump(0)]
  }

  private func optional(_ atom: [Instruction]) -> [Instruction] {
    [.split(1, atom.count + 1)] + atom.map { shifted($0, by: 1) }
  }

  /// Tries each piece, and continues behind the last one.
  private func choice(_ pieces: [[Instruction]]) -> [Instruction] {
    let end = pieces.reduce(2 * (pieces.count - 1)) { $0 + $1.count }
    var code: [Instruction] = []
    for piece in pieces.dropLast() {
      code.append(.split(code.count + 1, code.count + piece.count + 2))
      append(piece, to: &code)
      code.append(.jump(end))
    }
    append(pieces[pieces.count - 1], to: &code)
    return code
  }

  private func append(_ piece: [Instruction], to code: inout [Instruction]) {
    let base = code.count
    code += piece.map { shifted($0, by: base) }
  }

  private func shifted(_ instruction: Instruction, by base: Int) -> Instruction {
    switch instruction {
    case .split(let first, let second): .split(first + base, second + base)
    case .jump(let target): .jump(target + base)
    default: instruction
    }
  }

  // MARK: Characters

  private var peek: Unicode.Scalar? { index < pattern.count ? pattern[index] : nil }

  private mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  private func problem(_ message: String, at offset: Int? = nil) -> Problem {
    Problem(message: message, offset: offset ?? index)
  }
}

extension RegularExpression.CharacterSet {
  /// The character, if the set contains exactly one.
  fileprivate var single: UInt32? {
    guard ranges.count == 1, ranges[0].count == 1, !isNegated else { return nil }
    return ranges[0].lowerBound
  }
}
