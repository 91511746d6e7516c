import Foundation
import TestSupport

/// A grammar in ISO 14977's notation, as far as `grammar/conn.ebnf` uses it.
struct EBNF: Sendable {
  let productions: [Production]
  private let indices: [String: Int]

  /// A name and what it stands for.
  struct Production {
    let name: String
    let section: Section
    /// All of it but the semicolon.
    let lexemes: [Lexeme]
    /// `nil` in the lexical section, which describes characters rather than tokens.
    let expression: Expression?
  }

  /// A part of the file, by the first word of the comment at its head.
  enum Section: String {
    case syntax = "The"
    case words = "Words"
    case lexical = "Lexical"
  }

  /// The right side of a production.
  indirect enum Expression: Hashable, Sendable {
    case sequence([Expression])
    case alternatives([Expression])
    case optional(Expression)
    case repetition(Expression)
    case terminal(String)
    case reference(String)
    /// The first, but not where it is the second too.
    case exception(Expression, Expression)
  }

  /// A word of the notation.
  enum Lexeme: Hashable {
    case name(String)
    case terminal(String)
    case symbol(Substring)
    case comment(Substring)
  }

  /// What is no grammar in this notation.
  struct Malformed: Error {
    let reason: String
  }

  /// Reads the grammar of the language.
  static func ofLanguage() throws -> EBNF {
    let url = Golden.root.appending(path: "grammar/conn.ebnf")
    return try EBNF(String(contentsOf: url, encoding: .utf8))
  }

  init(_ text: String) throws {
    productions = try Self.productions(Self.lexemes(of: text))
    let named = productions.enumerated().map { ($1.name, $0) }
    indices = Dictionary(named) { first, _ in first }
    guard indices.count == named.count else { throw Malformed(reason: "a name is defined twice") }
  }

  subscript(name: String) -> Production? { indices[name].map { productions[$0] } }

  /// `true` iff tokens of the lexer stand for `name`.
  func isTokenClass(_ name: String) -> Bool { name == "newline" || self[name]?.section == .lexical }

  /// The terminals that `expression` can begin with; its first part must not be optional.
  func firstTerminals(of expression: Expression) -> Set<String> {
    switch expression {
    case .terminal(let text): [text]
    case .reference(let name): self[name]?.expression.map(firstTerminals) ?? []
    case .sequence(let parts): parts.first.map(firstTerminals) ?? []
    case .alternatives(let choices): Set(choices.flatMap(firstTerminals))
    case .exception(let whole, _), .optional(let whole), .repetition(let whole):
      firstTerminals(of: whole)
    }
  }

  /// The words that the exception in `expression` takes out.
  func excludedWords(of expression: Expression) -> Set<String> {
    guard case .exception(_, let words) = expression else { return [] }
    return firstTerminals(of: words)
  }
}

extension EBNF.Production {
  var text: String { EBNF.text(lexemes) }

  /// The names that the right side uses.
  var references: Set<String> {
    Set(
      lexemes.dropFirst(2).compactMap {
        if case .name(let name) = $0 { name } else { nil }
      })
  }
}

// MARK: Reading

extension EBNF {
  static func lexemes(of text: String) -> [Lexeme] {
    let pattern = /(?s)\(\*(.*?)\*\)|"([^"]*)"|'([^']*)'|([A-Za-z]+)|(\S)/
    return text.matches(of: pattern).compactMap { match in
      let (_, comment, double, single, name, symbol) = match.output
      return comment.map(Lexeme.comment) ?? symbol.map(Lexeme.symbol)
        ?? (double ?? single).map { .terminal(String($0)) } ?? name.map { .name(String($0)) }
    }
  }

  /// Returns the text with its white space evened out.
  static func text(_ lexemes: [Lexeme]) -> String {
    lexemes.map { lexeme in
      switch lexeme {
      case .name(let name): name
      case .terminal(let text): text.contains("\"") ? "'\(text)'" : "\"\(text)\""
      case .symbol(let text), .comment(let text): String(text)
      }
    }.joined(separator: " ")
  }

  private static func productions(_ lexemes: [Lexeme]) throws -> [Production] {
    var productions: [Production] = []
    var section = Section.syntax
    var pending: [Lexeme] = []
    for lexeme in lexemes {
      switch lexeme {
      case .comment(let text): section = Section(headedBy: text) ?? section
      case .symbol(";"):
        productions.append(try Production(pending, section))
        pending = []
      default: pending.append(lexeme)
      }
    }
    guard pending.isEmpty else { throw Malformed(reason: "no `;` behind \(pending)") }
    return productions
  }
}

extension EBNF.Section {
  fileprivate init?(headedBy comment: Substring) {
    self.init(rawValue: comment.trimmingPrefix(/\s*/).prefix(while: \.isLetter).description)
  }
}

extension EBNF.Production {
  fileprivate init(_ lexemes: [EBNF.Lexeme], _ section: EBNF.Section) throws {
    guard lexemes.count > 2, case .name(let name) = lexemes[0], lexemes[1] == .symbol("=") else {
      throw EBNF.Malformed(reason: "not a production: \(lexemes)")
    }
    self.name = name
    self.section = section
    self.lexemes = lexemes
    expression = section == .lexical ? nil : try Reader.expression(lexemes.dropFirst(2))
  }
}

/// Reads the right side of a production by recursive descent.
private struct Reader {
  private var rest: ArraySlice<EBNF.Lexeme>

  static func expression(_ lexemes: ArraySlice<EBNF.Lexeme>) throws -> EBNF.Expression {
    var reader = Reader(rest: lexemes)
    let expression = try reader.alternatives()
    guard reader.rest.isEmpty else { throw EBNF.Malformed(reason: "left over: \(reader.rest)") }
    return expression
  }

  private mutating func accept(_ symbol: Substring) -> Bool {
    guard rest.first == .symbol(symbol) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func alternatives() throws -> EBNF.Expression {
    var choices = [try sequence()]
    while accept("|") { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : .alternatives(choices)
  }

  private mutating func sequence() throws -> EBNF.Expression {
    var parts = [try exception()]
    while accept(",") { parts.append(try exception()) }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func exception() throws -> EBNF.Expression {
    let whole = try primary()
    return accept("-") ? .exception(whole, try primary()) : whole
  }

  private mutating func primary() throws -> EBNF.Expression {
    switch rest.popFirst() {
    case .terminal(let text): return .terminal(text)
    case .name(let name): return .reference(name)
    case .symbol("("): return try closed(by: ")")
    case .symbol("["): return .optional(try closed(by: "]"))
    case .symbol("{"): return .repetition(try closed(by: "}"))
    case let other: throw EBNF.Malformed(reason: "\(String(describing: other)) stands for nothing")
    }
  }

  private mutating func closed(by symbol: Substring) throws -> EBNF.Expression {
    let inner = try alternatives()
    guard accept(symbol) else { throw EBNF.Malformed(reason: "no `\(symbol)` before \(rest)") }
    return inner
  }
}
