import TestSupport
import Testing
import Text

/// Writes random programs, as texts of tokens, by following the productions of a grammar.
struct ProgramGenerator {
  private let grammar: EBNF
  private let minimalDepths: [String: Int]
  private let firstWordsOfPipelines: Set<String>
  private var random: SplitMix64
  private var tokens: [String] = []
  private var production = ""
  /// The productions that the programs so far came from.
  private(set) var used: Set<String> = []

  /// How many tokens a program may have before it ends as soon as it can.
  private static let sizeLimit = 40

  init(_ grammar: EBNF, seed: UInt64) {
    self.grammar = grammar
    minimalDepths = grammar.minimalDepths()
    firstWordsOfPipelines = grammar.firstTerminals(of: .reference("pipeline"))
    random = SplitMix64(seed: seed)
  }

  /// Returns a program with at least one statement.
  mutating func program() throws -> [String] {
    repeat {
      tokens = []
      try follow(.reference("script"), Int.random(in: 20...45, using: &random))
    } while tokens.allSatisfy([";", "\n"].contains)
    return tokens.enumerated().flatMap { [$1] + lineBreak(behind: $0) }
  }

  static func text(_ tokens: [String]) -> String { tokens.joined(separator: " ") }

  // MARK: Expressions

  /// Appends what `expression` stands for. References are followed at most `depth` deep, or as deep
  /// as they must be.
  private mutating func follow(_ expression: EBNF.Expression, _ depth: Int) throws {
    switch expression {
    case .terminal(let text): tokens.append(text)
    case .reference(let name): try follow(name, depth)
    case .sequence(let parts): for part in parts { try follow(part, depth) }
    case .alternatives(let choices): try choose(among: choices, depth)
    case .optional(let body): if shouldFollow(body, depth) { try follow(body, depth) }
    case .repetition(let body): while shouldFollow(body, depth) { try follow(body, depth) }
    case .exception:
      let excluded = grammar.excludedWords(of: expression)
      try append(oneOf: pool("word").filter { !excluded.contains($0) })
    }
  }

  private mutating func follow(_ name: String, _ depth: Int) throws {
    guard !grammar.isTokenClass(name) else { return try append(oneOf: pool(name)) }
    let outer = production
    production = name
    used.insert(name)
    try follow(try #require(grammar[name]?.expression), depth - 1)
    production = outer
  }

  private mutating func shouldFollow(_ body: EBNF.Expression, _ depth: Int) -> Bool {
    let rarity = Self.operators.contains(production) ? 8 : 2
    return tokens.count < Self.sizeLimit && minimalDepth(of: body) <= depth
      && Int.random(in: 0..<rarity, using: &random) == 0
  }

  /// Productions whose options, were they common, would leave room for little else.
  private static let operators: Set<String> = [
    "or", "and", "comparison", "coalesce", "additive", "postfix",
  ]

  private func minimalDepth(of expression: EBNF.Expression) -> Int {
    expression.minimalDepth(minimalDepths)
  }

  private mutating func choose(among choices: [EBNF.Expression], _ depth: Int) throws {
    let choice = try choice(among: choices, depth)
    let start = tokens.count
    try follow(choice, depth)
    let pipeline = EBNF.Expression.reference("pipeline")
    guard choice != pipeline, choices.contains(pipeline),
      firstWordsOfPipelines.contains(tokens[start])
    else { return }
    // What begins like a pipeline is one.
    tokens.removeSubrange(start...)
    try follow(pipeline, depth)
  }

  private mutating func choice(among choices: [EBNF.Expression], _ depth: Int) throws
    -> EBNF.Expression
  {
    let depths = choices.map(minimalDepth)
    let least = depths.min() ?? 0
    let limit = tokens.count < Self.sizeLimit ? max(least, depth) : least
    let isRareTurn = Int.random(in: 0..<5, using: &random) == 0
    let possible = zip(choices, depths).filter { choice, depth in
      depth <= limit && (isRareTurn || !Self.rare.contains(choice))
    }
    return try #require(possible.randomElement(using: &random)).0
  }

  /// Choices that would nest without end if they were as likely as their neighbors.
  private static let rare: Set<EBNF.Expression> = [
    .reference("conditional"), .sequence([.terminal("not"), .reference("not")]),
    .sequence([.terminal("-"), .reference("unary")]),
  ]

  // MARK: Tokens

  /// `has any` and `has all` are operators, so no field of these names stands behind `has`.
  private mutating func append(oneOf lexemes: [String]) throws {
    let possible = lexemes.filter { tokens.last != "has" || !["any", "all"].contains($0) }
    tokens.append(try #require(possible.randomElement(using: &random)))
  }

  private func pool(_ name: String) throws -> [String] {
    try #require(Self.lexemes[name], "no lexemes for `\(name)`")
  }

  /// A line break that means nothing, now and then.
  private mutating func lineBreak(behind index: Int) -> [String] {
    guard Int.random(in: 0..<8, using: &random) == 0 else { return [] }
    let (before, next) = (tokens[...index], tokens.dropFirst(index + 1).first)
    let isInBrackets = [("(", ")"), ("[", "]")].contains { open, close in
      before.count { $0 == open } > before.count { $0 == close }
    }
    return isInBrackets || before.last == "|" || next == "|" ? ["\n"] : []
  }

  /// Valid lexemes by token class.
  private static let lexemes: [String: [String]] = [
    "word": [
      "name", "id", "tags", "folder_id", "updated_at", "raw", "x", "_y2", "lower", "AND", "is",
      "list", "get", "from", "create", "it", "let", "param", "def", "use", "for", "print", "all",
      "any", "with", "runtime", "where", "select", "count", "sort", "by", "first", "group", "show",
      "update", "as", "desc", "asc", "min", "max", "none", "force", "csv", "starts", "ends",
      "string", "and", "or", "not", "in", "has", "like", "between", "if", "then", "else",
    ],
    "variable": ["$x", "$rows", "$list", "$in", "$_a1"],
    "integer": ["0", "36", "1_000", "9223372036854775807"],
    "duration": ["45s", "90m", "1d12h", "2w"],
    "date": ["@2026-01-31", "@2026-01-31T10:00:00Z", "@2026-01-31T10:00:00.250+02:00"],
    "string": [
      #""""#, #""a\n\t\r\"\\ \u{1F600}""#, #"'raw \n'"#, #""| # not a comment""#, "\"two\nlines\"",
    ],
    "interpolation": [
      #"f"""#, #"f"{name} {{x}}""#, #"f"{1 + 2} {"inner"} {[lower(x), { a: 1 }.a]}""#,
    ],
    "newline": ["\n"],
  ]
}

extension EBNF {
  /// How deep a production must be followed before only tokens are left.
  fileprivate func minimalDepths() -> [String: Int] {
    var depths: [String: Int] = [:]
    var before: [String: Int]?
    while before != depths {
      before = depths
      for production in productions {
        let depth = production.expression?.minimalDepth(depths) ?? -1
        if depth < .max { depths[production.name] = depth + 1 }
      }
    }
    return depths
  }
}

extension EBNF.Expression {
  fileprivate func minimalDepth(_ known: [String: Int]) -> Int {
    switch self {
    case .terminal, .optional, .repetition, .reference("newline"), .exception: 0
    case .reference(let name): known[name] ?? .max
    case .sequence(let parts): parts.map { $0.minimalDepth(known) }.max() ?? 0
    case .alternatives(let choices): choices.map { $0.minimalDepth(known) }.min() ?? 0
    }
  }
}
