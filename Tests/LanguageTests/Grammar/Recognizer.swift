import Language

/// Tells whether a grammar generates what the lexer has cut: Earley's algorithm, whose predictions
/// look one token ahead.
///
/// A newline inside brackets is passed over, and so are those around a `|`; the braces around a
/// `script` or `settings` are no brackets. Where alternatives compete, a longer operator goes before a shorter
/// one, and a `pipeline` before what else could begin with its first word.
struct Recognizer: Sendable {
  private let rules: RuleTable

  init(_ grammar: EBNF) {
    rules = RuleTable(grammar)
  }

  /// `tokens` end with ``Token/Kind/end``.
  func accepts(_ tokens: [Token]) -> Bool {
    var chart = Chart(rules, tokens.dropLast())
    return chart.isComplete()
  }
}

/// The sets of Earley's algorithm for one text.
private struct Chart {
  private let rules: RuleTable
  private let input: Input
  /// By place in the text: how far which rules have come, coded as `step * width + origin`.
  private var items: [[Int]]
  private var seen: [Set<Int>]
  /// By place and nonterminal: the items that go on once it is complete.
  private var waiting: [[Int]]
  private let width: Int

  init(_ rules: RuleTable, _ tokens: some Collection<Token>) {
    self.rules = rules
    input = Input(tokens, rules)
    width = tokens.count + 1
    items = Array(repeating: [], count: width)
    seen = Array(repeating: [], count: width)
    waiting = Array(repeating: [], count: width * rules.predictions.count)
  }

  mutating func isComplete() -> Bool {
    add(RuleTable.start, from: 0, at: 0)
    for position in 0..<width {
      var index = 0
      while index < items[position].count {
        follow(items[position][index], at: position)
        index += 1
      }
    }
    return seen[width - 1].contains((RuleTable.start + 1) * width)
  }

  private mutating func add(_ step: Int, from origin: Int, at position: Int) {
    let item = step * width + origin
    if seen[position].insert(item).inserted { items[position].append(item) }
  }

  private mutating func follow(_ item: Int, at position: Int) {
    let (number, origin) = item.quotientAndRemainder(dividingBy: width)
    let step = rules.steps[number]
    switch step.kind {
    case .end: complete(step.index, from: origin, at: position)
    case .nonterminal: predict(step.index, for: item, at: position)
    case .terminal:
      let token = input.token(at: position, inBrackets: step.isInBrackets)
      guard input.terminals[token].contains(step.index) else { return }
      add(number + 1, from: origin, at: input.next[token])
    case .unless:
      let token = input.token(at: position, inBrackets: step.isInBrackets)
      guard rules.guards[step.index].isDisjoint(with: input.terminals[token]) else { return }
      add(number + 1, from: origin, at: position)
    }
  }

  private mutating func predict(_ nonterminal: Int, for item: Int, at position: Int) {
    let key = position * rules.predictions.count + nonterminal
    waiting[key].append(item)
    if rules.isNullable[nonterminal] { add(item / width + 1, from: item % width, at: position) }
    guard waiting[key].count == 1 else { return }
    let token = input.token(at: position, inBrackets: rules.isInBrackets[nonterminal])
    for terminal in input.terminals[token] {
      for rule in rules.predictions[nonterminal][terminal] ?? [] {
        add(rule, from: position, at: position)
      }
    }
  }

  private mutating func complete(_ nonterminal: Int, from origin: Int, at position: Int) {
    for item in waiting[origin * rules.predictions.count + nonterminal] {
      add(item / width + 1, from: item % width, at: position)
    }
  }
}

/// The tokens of a text as the rules see them.
private struct Input {
  /// By token: what it is for the grammar. The end is nothing.
  let terminals: [[Int]]
  /// By token: the place behind it.
  private(set) var next: [Int]
  private var inBrackets: [Int]
  private var outside: [Int]

  init(_ tokens: some Collection<Token>, _ rules: RuleTable) {
    let kinds = tokens.map(\.kind) + [.end]
    terminals = kinds.map(rules.terminals)
    inBrackets = Array(kinds.indices)
    for position in kinds.indices.reversed() where kinds[position] == .newline {
      inBrackets[position] = inBrackets[position + 1]
    }
    (next, outside) = (inBrackets.indices.map { $0 + 1 }, Array(inBrackets.indices))
    for position in kinds.indices where kinds[inBrackets[position]] == .symbol(.pipe) {
      outside[position] = inBrackets[position]
      next[inBrackets[position]] = inBrackets[inBrackets[position] + 1]
    }
  }

  /// The token that comes next at a position.
  func token(at position: Int, inBrackets: Bool) -> Int {
    inBrackets ? self.inBrackets[position] : outside[position]
  }
}
