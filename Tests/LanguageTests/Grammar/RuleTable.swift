import Language

/// The grammar without brackets: alternatives become rules, options and repetitions nonterminals.
/// What can stand inside brackets and outside them has rules for both.
struct RuleTable {
  /// All rules, one behind the other; a place in it tells how far a rule has come.
  private(set) var steps: [Step] = []
  private(set) var terminals: [Terminal: Int] = [:]
  private(set) var guards: [Set<Int>] = []
  /// By nonterminal, and then by the terminal that comes next: where the fitting rules start.
  private(set) var predictions: [[Int: [Int]]] = []
  private(set) var isNullable: [Bool] = []
  private(set) var isInBrackets: [Bool] = []
  private var words: [(except: Set<String>, index: Int)] = []
  private let grammar: EBNF
  private var rules: [[[Step]]] = []
  private var names: [String: Int] = [:]

  /// What a rule asks for next.
  struct Step {
    let kind: Kind
    /// Of the terminal, the nonterminal or the guard.
    let index: Int
    let isInBrackets: Bool

    enum Kind {
      case terminal
      case nonterminal
      /// The next token must be none of the guard's; nothing is taken.
      case unless
      /// The nonterminal is complete.
      case end
    }
  }

  /// Tokens that the grammar does not tell apart.
  enum Terminal: Hashable {
    case text(String)
    case tokenClass(String)
    case word(except: Set<String>)
  }

  /// The first rule asks for a script and the end.
  static let start = 0

  init(_ grammar: EBNF) {
    self.grammar = grammar
    let root = addNonterminal(false)
    rules[root] = [[reference("script", false)]]
    findNullable()
    layOut(firstTerminals())
    words = terminals.compactMap { terminal, index in
      if case .word(let except) = terminal { (except, index) } else { nil }
    }
  }

  // MARK: From expressions to rules

  private mutating func addNonterminal(_ inside: Bool) -> Int {
    rules.append([])
    isInBrackets.append(inside)
    return rules.count - 1
  }

  private mutating func terminal(_ terminal: Terminal, _ inside: Bool) -> Step {
    let index = terminals[terminal] ?? terminals.count
    terminals[terminal] = index
    return Step(kind: .terminal, index: index, isInBrackets: inside)
  }

  private mutating func unless(_ words: Set<String>, _ inside: Bool) -> [Step] {
    if words.isEmpty { return [] }
    guards.append(Set(words.map { terminal(.text($0), inside).index }))
    return [Step(kind: .unless, index: guards.count - 1, isInBrackets: inside)]
  }

  private mutating func reference(_ name: String, _ inside: Bool) -> Step {
    if name == "word" { return terminal(.word(except: []), inside) }
    if grammar.isTokenClass(name) { return terminal(.tokenClass(name), inside) }
    let key = inside ? "(\(name))" : name
    let index = names[key] ?? addNonterminal(inside)
    if names.updateValue(index, forKey: key) == nil {
      let expression = grammar[name]?.expression
      rules[index] = alternatives(expression ?? .alternatives([]), inside)
    }
    return Step(kind: .nonterminal, index: index, isInBrackets: inside)
  }

  private mutating func step(_ expression: EBNF.Expression, _ inside: Bool) -> Step {
    switch expression {
    case .terminal(let text): return terminal(.text(text), inside)
    case .reference(let name): return reference(name, inside)
    case .exception:
      return terminal(.word(except: grammar.excludedWords(of: expression)), inside)
    case .optional, .repetition, .sequence, .alternatives:
      let step = Step(kind: .nonterminal, index: addNonterminal(inside), isInBrackets: inside)
      rules[step.index] = ruleSet(expression, step)
      return step
    }
  }

  private mutating func ruleSet(_ expression: EBNF.Expression, _ own: Step) -> [[Step]] {
    switch expression {
    case .optional(let body): [[]] + alternatives(body, own.isInBrackets)
    case .repetition(let body): [[]] + alternatives(body, own.isInBrackets).map { [own] + $0 }
    default: alternatives(expression, own.isInBrackets)
    }
  }

  private mutating func alternatives(_ expression: EBNF.Expression, _ inside: Bool)
    -> [[Step]]
  {
    guard case .alternatives(let choices) = expression else {
      return [sequence(expression, inside)]
    }
    return choices.map { choice in
      let longer = unless(choice.continuations(in: choices), inside)
      let pipeline = EBNF.Expression.reference("pipeline")
      let isSecond = choice != pipeline && choices.contains(pipeline)
      let reserved = isSecond ? grammar.firstTerminals(of: pipeline) : []
      return unless(reserved, inside) + sequence(choice, inside) + longer
    }
  }

  private mutating func sequence(_ expression: EBNF.Expression, _ outer: Bool) -> [Step] {
    guard case .sequence(let parts) = expression else { return [step(expression, outer)] }
    let isBlock = ["script", "settings"].contains { parts.contains(.reference($0)) }
    var inside = outer
    return parts.map { part in
      let step = step(part, inside)
      if Self.opening.contains(part) { inside = outer || !isBlock }
      if Self.closing.contains(part) { inside = outer }
      return step
    }
  }

  private static let opening = ["(", "[", "{"].map(EBNF.Expression.terminal)
  private static let closing = [")", "]", "}"].map(EBNF.Expression.terminal)

  // MARK: What a rule can begin with

  private mutating func findNullable() {
    isNullable = rules.map { _ in false }
    while let index = rules.indices.first(where: { !isNullable[$0] && hasNullableRule($0) }) {
      isNullable[index] = true
    }
  }

  private func hasNullableRule(_ nonterminal: Int) -> Bool {
    rules[nonterminal].contains { $0.allSatisfy(canBePassed) }
  }

  private func canBePassed(_ step: Step) -> Bool {
    step.kind == .unless || step.kind == .nonterminal && isNullable[step.index]
  }

  private func firstTerminals() -> [Set<Int>] {
    var first = rules.map { _ in Set<Int>() }
    var before: [Set<Int>] = []
    while before != first {
      before = first
      for index in rules.indices {
        for rule in rules[index] { first[index].formUnion(begin(of: rule, first)) }
      }
    }
    return first
  }

  private func begin(of rule: [Step], _ first: [Set<Int>]) -> Set<Int> {
    var terminals: Set<Int> = []
    for step in rule {
      if step.kind == .terminal { terminals.insert(step.index) }
      if step.kind == .nonterminal { terminals.formUnion(first[step.index]) }
      if !canBePassed(step) { break }
    }
    return terminals
  }

  private mutating func layOut(_ first: [Set<Int>]) {
    for index in rules.indices {
      predictions.append([:])
      for rule in rules[index] {
        for terminal in begin(of: rule, first) {
          predictions[index][terminal, default: []].append(steps.count)
        }
        steps += rule
        steps.append(Step(kind: .end, index: index, isInBrackets: false))
      }
    }
  }
}

extension RuleTable {
  /// What a token is for the grammar.
  func terminals(of kind: Token.Kind) -> [Int] {
    let own = Terminal(kind).flatMap { terminals[$0] }.map { [$0] } ?? []
    guard case .name(let text) = kind else { return own }
    return own + words.filter { !$0.except.contains(text) }.map(\.index)
  }
}

extension RuleTable.Terminal {
  fileprivate init?(_ kind: Token.Kind) {
    switch kind {
    case .name(let text): self = .text(text)
    case .symbol(let symbol): self = .text(symbol.rawValue)
    case .literal(.null): self = .text("null")
    case .literal(.bool(let value)): self = .text("\(value)")
    case .literal(.int): self = .tokenClass("integer")
    case .literal(.string): self = .tokenClass("string")
    case .literal(.timestamp): self = .tokenClass("date")
    case .literal(.duration): self = .tokenClass("duration")
    case .variable: self = .tokenClass("variable")
    case .interpolation: self = .tokenClass("interpolation")
    case .newline: self = .tokenClass("newline")
    case .invalid, .end: return nil
    }
  }
}

extension EBNF.Expression {
  /// All of it, where it is but terminals.
  private var terminals: [String]? {
    let parts = if case .sequence(let parts) = self { parts } else { [self] }
    let texts = parts.compactMap { if case .terminal(let text) = $0 { text } else { nil } }
    return texts.count == parts.count ? texts : nil
  }

  /// The terminals that lead on from this one of `choices` to a longer one.
  fileprivate func continuations(in choices: [EBNF.Expression]) -> Set<String> {
    guard let own = terminals else { return [] }
    return Set(
      choices.compactMap(\.terminals).filter { $0.count > own.count && $0.starts(with: own) }
        .map { $0[own.count] })
  }
}
