import Synchronization

/// The sets of threads that texts have led to so far, each with the set that follows for each byte.
/// A text that meets only known ones takes one look-up a byte.
///
/// Source: Russ Cox, "Regular Expression Matching Can Be Simple And Fast" (2007), "Caching the NFA to
/// build a DFA".
final class RegularExpressionAutomaton: Sendable {
  private let program: [RegularExpression.Instruction]
  private let ignoresCase: Bool
  private let states: Mutex<States>

  /// Patterns with more states are matched thread by thread.
  private static let mostStates = 1_000

  private struct States {
    var all: [State] = []
    var numbers: [[Int]: Int] = [:]
    /// The number of the next state, or -1, by number of the state × 128 + byte.
    var next: [Int32] = []
  }

  private struct State {
    /// The program counters of its threads that wait for a character or for the end of the text.
    let threads: [Int]
    let isMatch: Bool
    let isMatchAtEnd: Bool
  }

  /// Returns `nil` for a program with word boundaries, which depend on two characters.
  init?(_ program: [RegularExpression.Instruction], ignoresCase: Bool) {
    guard !program.contains(where: { if case .wordBoundary = $0 { true } else { false } }) else {
      return nil
    }
    self.program = program
    self.ignoresCase = ignoresCase
    states = Mutex(States())
  }

  /// Returns whether the pattern matches somewhere in a text; `nil` if the text isn't ASCII, or has too
  /// many states.
  func matches(_ bytes: Span<UInt8>) -> Bool? {
    states.withLock { states in
      if states.all.isEmpty { _ = number(of: closure([0], isStart: true), isStart: true, &states) }
      var state = 0
      for index in bytes.indices where !states.all[state].isMatch {
        guard bytes[index] < 0x80, let next = successor(of: state, bytes[index], &states) else {
          return nil
        }
        state = next
      }
      return states.all[state].isMatch || states.all[state].isMatchAtEnd
    }
  }

  private func successor(of state: Int, _ byte: UInt8, _ states: inout States) -> Int? {
    let place = state << 7 | Int(byte)
    if states.next[place] >= 0 { return Int(states.next[place]) }
    let scalar = Unicode.Scalar(byte)
    let moved = states.all[state].threads.filter { pc in
      guard case .character(let set) = program[pc] else { return false }
      return set.contains(scalar, ignoringCase: ignoresCase)
    }
    let threads = closure(moved.map { $0 + 1 } + [0])
    guard let next = number(of: threads, isStart: false, &states) else { return nil }
    states.next[place] = Int32(next)
    return next
  }

  /// Returns the number of a state, which may be new; `nil` if there are too many.
  private func number(of threads: Set<Int>, isStart: Bool, _ states: inout States) -> Int? {
    // Only the state at the start of a text can pass `^`, so it isn't that of any other place.
    let key = threads.sorted() + (isStart ? [-1] : [])
    if let known = states.numbers[key] { return known }
    guard states.all.count < Self.mostStates else { return nil }
    states.numbers[key] = states.all.count
    states.all.append(state(threads.sorted(), isStart))
    states.next += [Int32](repeating: -1, count: 128)
    return states.all.count - 1
  }

  private func state(_ threads: [Int], _ isStart: Bool) -> State {
    let atEnd = threads.filter { program[$0] == .textEnd }.map { $0 + 1 }
    return State(
      threads: threads, isMatch: threads.contains { program[$0] == .match },
      isMatchAtEnd: closure(atEnd, isStart: isStart, isEnd: true).contains { program[$0] == .match }
    )
  }

  /// Returns the threads that can be reached without a character.
  private func closure(_ starts: [Int], isStart: Bool = false, isEnd: Bool = false) -> Set<Int> {
    var (reached, stack) = (Set<Int>(), starts)
    while let pc = stack.popLast() {
      guard reached.insert(pc).inserted else { continue }
      switch program[pc] {
      case .jump(let target): stack.append(target)
      case .split(let first, let second): stack += [first, second]
      case .textStart: if isStart { stack.append(pc + 1) }
      case .textEnd: if isEnd { stack.append(pc + 1) }
      case .wordBoundary, .match, .character: break
      }
    }
    return reached
  }
}
