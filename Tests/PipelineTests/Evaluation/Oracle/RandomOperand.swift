import JSON
import Language
import TestSupport

/// Draws operands by type; `depth` is the maximum nesting.
extension RandomPredicate {
  /// A value of the type, made of `draw`'s: chosen by null, by a condition, by its order.
  private mutating func choice(_ draw: (inout Self) -> Term) -> Term {
    let condition = Term.field("connected")
    switch random.number(in: 0...5) {
    case 0...1: return .coalesce(draw(&self), draw(&self))
    case 2: return .conditional(condition, draw(&self), random.chance(15) ? .null : draw(&self))
    case 3: return .conditional(nullity(), draw(&self), draw(&self))
    case 4: return .call("min", [draw(&self), draw(&self)])
    default: return .call("max", [draw(&self), draw(&self)])
    }
  }

  private mutating func nullity() -> Term {
    .comparison(pick([.equal, .notEqual]), .field("folder_id"), number(0))
  }

  // MARK: Texts

  mutating func text(_ depth: Int = 2) -> Term {
    if depth > 0, random.chance(15) { return choice { $0.text(depth - 1) } }
    switch random.number(in: 0...19) {
    case 0...9: return .field(pick(RandomWorkspace.textFields))
    case 10: return .field("raw.description")
    case 11...12: return .call(pick(["lower", "upper"]), [.field("application")])
    case 13: return replacement()
    default: return literal()
    }
  }

  private mutating func replacement() -> Term {
    .call("replace", [.field("name"), .text(pick(["a", "jira", "é"])), literal()])
  }

  private mutating func literal() -> Term {
    let known = RandomWorkspace.applications + RandomWorkspace.statuses + ["42", "4515"]
    let text = random.chance(70) ? pick(workspace.texts) : pick(known)
    return .text(random.chance(25) ? RandomText.near(text, &random) : text)
  }

  /// Returns a text that the term has for some row, or at least could have.
  mutating func sample(of term: Term) -> String {
    guard case .field(let name) = term.operands.first ?? term else { return pick(workspace.texts) }
    let row = pick(workspace.rows)
    return row[name == "provider" ? "application" : name]?.string ?? pick(workspace.texts)
  }

  /// `f"…"` compared with the text that it gives for some row.
  mutating func interpolationTest() -> Term {
    if random.chance(40) { return .comparison(.contains, interpolation("id"), .text("2")) }
    if random.chance(40) { return startOfInterpolation() }
    let (text, number) = (pick(["name", "description"]), pick(RandomWorkspace.numberFields))
    let row = pick(workspace.rows)
    let between = random.chance(50) ? "-" : RandomText.text(&random)
    let term = Term.interpolation([.value(.field(text)), .text(between), .value(.field(number))])
    return .comparison(.equal, term, .text(row.shown(text) + between + row.shown(number)))
  }

  private mutating func startOfInterpolation() -> Term {
    let field = pick(["connected"] + RandomWorkspace.instantFields)
    let start = field == "connected" ? "true" : pick(workspace.rows).shown(field)
    return .comparison(.startsWith, interpolation(field), .text(start))
  }

  /// `f"…"` with values of many types.
  private mutating func interpolation(_ field: String) -> Term {
    .interpolation([
      .value(.field(field)), .text(RandomText.text(&random)), .value(.field("tags")),
      .value(text(1)), .value(number(1)),
    ])
  }

  // MARK: Numbers

  mutating func number(_ depth: Int = 2) -> Term {
    random.chance(15) ? id() : smallNumber(depth)
  }

  /// The ids reach 2⁵³ − 1, so that a sum would be beyond what `jq` tells apart.
  private mutating func id() -> Term {
    switch random.number(in: 0...3) {
    case 0: .number(pick(workspace.ids))
    case 1: .sum(.minus, .field("id"), .number(Int64(random.number(in: 0...50))))
    default: .field("id")
    }
  }

  private mutating func smallNumber(_ depth: Int) -> Term {
    guard depth > 0, random.chance(35) else {
      return random.chance(60) ? .field(pick(RandomWorkspace.numberFields)) : smallLiteral()
    }
    switch random.number(in: 0...4) {
    case 0: return .sum(pick([.plus, .minus]), smallNumber(depth - 1), smallNumber(depth - 1))
    case 1: return .call("length", [text(0)])
    case 2: return count()
    case 3: return .negated(smallNumber(depth - 1))
    default: return choice { $0.smallNumber(depth - 1) }
    }
  }

  /// A number that can be a decimal.
  mutating func decimal(_ depth: Int = 1) -> Term {
    if depth > 0, random.chance(25) { return choice { $0.decimal(depth - 1) } }
    if random.chance(70) { return .field("raw.score") }
    return random.chance(50) ? .number(Int64(random.number(in: -1...1))) : smallLiteral()
  }

  private mutating func smallLiteral() -> Term {
    .number(random.chance(60) ? pick(workspace.folders) : Int64(random.number(in: 0...6)))
  }

  mutating func count() -> Term {
    .call(pick(["count", "count", "length"]), [.field("tags")])
  }

  // MARK: Instants and lengths of time

  mutating func instant(_ depth: Int = 2) -> Term {
    guard depth > 0, random.chance(35) else { return plainInstant() }
    switch random.number(in: 0...3) {
    case 0: return .sum(pick([.plus, .minus]), instant(depth - 1), span(0))
    case 1: return .sum(.plus, span(0), instant(depth - 1))
    case 2: return .call("date", [instant(depth - 1)])
    default: return choice { $0.instant(depth - 1) }
    }
  }

  private mutating func plainInstant() -> Term {
    if random.chance(65) { return .field(pick(RandomWorkspace.instantFields)) }
    if random.chance(20) { return thisInstant() }
    let text = pick(workspace.instants)
    return random.chance(15) ? .date(String(text.prefix(10))) : .instant(text)
  }

  /// An instant told by the clock of the run.
  private mutating func thisInstant() -> Term {
    switch random.number(in: 0...2) {
    case 0: .call("now", [])
    case 1: .call("today", [])
    default: .call("ago", [spanLiteral()])
    }
  }

  mutating func span(_ depth: Int = 2) -> Term {
    guard depth > 0, random.chance(75) else { return spanLiteral() }
    switch random.number(in: 0...7) {
    case 0: return .sum(pick([.plus, .minus]), span(depth - 1), span(depth - 1))
    case 1: return .negated(span(depth - 1))
    case 2: return choice { $0.span(depth - 1) }
    default: return .sum(.minus, instant(0), instant(0))
    }
  }

  private mutating func spanLiteral() -> Term {
    let units: [(String, Int64)] = [
      ("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
    ]
    let parts = (0..<random.number(in: 1...2)).map { _ in
      (unit: pick(units), count: random.number(in: 0...40))
    }
    let seconds = parts.map { $0.unit.1 * Int64($0.count) }.reduce(0, +)
    return .span(
      parts.map { "\($0.count)\($0.unit.0)" }.joined(), microseconds: seconds * 1_000_000)
  }
}

extension JSON {
  /// A member as `f"…"` shows it.
  fileprivate func shown(_ name: String) -> String {
    self[name]?.string ?? self[name]?.int.map(String.init) ?? ""
  }
}
