import Language
import TestSupport
import Text

/// Draws predicates over a workspace, with literals that mostly occur there.
struct RandomPredicate {
  let workspace: RandomWorkspace
  var random: SplitMix64

  /// Returns a predicate; some start with conditions that the server can evaluate.
  mutating func predicate() -> Term {
    guard random.chance(10) else { return condition(2) }
    return .logical(.and, [pushable(), condition(1)])
  }

  private mutating func pushable() -> Term {
    switch random.number(in: 0...3) {
    case 0: .comparison(.equal, .field("folder_id"), .number(pick(workspace.folders)))
    case 1: .comparison(.equal, .field("parent_id"), .number(pick(workspace.folders)))
    case 2: .comparison(.equal, .field("external_id"), .text(pick(workspace.texts)))
    default: .comparison(pick([.greater, .greaterOrEqual]), .field("updated_at"), anInstant())
    }
  }

  private mutating func anInstant() -> Term { .instant(pick(workspace.instants)) }

  /// Returns a condition that nests connectives at most `depth` deep.
  private mutating func condition(_ depth: Int) -> Term {
    guard depth > 0, random.chance(60) else { return test() }
    switch random.number(in: 0...9) {
    case 0...2: return .logical(.and, conditions(depth))
    case 3...5: return .logical(.or, conditions(depth))
    case 6...7: return .not(condition(depth - 1))
    case 8: return .comparison(pick([.equal, .notEqual]), condition(depth - 1), test())
    default: return .conditional(test(), condition(depth - 1), condition(depth - 1))
    }
  }

  private mutating func conditions(_ depth: Int) -> [Term] {
    (0..<random.number(in: 2...3)).map { _ in condition(depth - 1) }
  }

  /// Returns a condition without connectives.
  private mutating func test() -> Term {
    switch random.number(in: 0...99) {
    case 0...9: order { $0.text() }
    case 10...27: textSearch()
    case 28...34: membership()
    case 35...42: order { $0.number() }
    case 43...46: order { $0.decimal() }
    case 47...62: order { $0.instant() }
    case 63...70: order { $0.span() }
    case 71...85: tagTest()
    case 86...92: nullTest()
    case 93...94: interpolationTest()
    default: flag()
    }
  }

  mutating func pick<T>(_ choices: [T]) -> T { random.pick(choices) }

  // MARK: Tests by type

  private mutating func order(_ draw: (inout Self) -> Term) -> Term {
    if random.chance(15) { return .between(draw(&self), draw(&self), draw(&self)) }
    let orders: [ComparisonOperator] = [
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]
    return .comparison(pick(orders), draw(&self), random.chance(3) ? .null : draw(&self))
  }

  private mutating func textSearch() -> Term {
    let subject = text(0)
    let sample = sample(of: subject)
    switch random.number(in: 0...6) {
    case 0: return .comparison(.like, subject, pattern(for: sample))
    case 1...3: return .matches(subject, expression(for: sample, in: subject))
    case 4: return .comparison(.contains, subject, part(of: sample))
    case 5: return .comparison(.startsWith, subject, part(of: sample))
    default: return .comparison(.endsWith, subject, part(of: sample))
    }
  }

  private mutating func pattern(for text: String) -> Term {
    random.chance(10) ? self.text() : .text(RandomText.wildcards(for: text, &random))
  }

  private mutating func expression(for text: String, in subject: Term) -> RandomPattern {
    let fields = Set([subject.feature] + subject.operands.map(\.feature))
    let isPlain = !fields.isDisjoint(with: RandomWorkspace.plainFields)
    return RandomPattern(for: text, mayIgnoreCase: isPlain, &random)
  }

  private mutating func part(of text: String) -> Term {
    random.chance(15) ? self.text() : .text(RandomText.piece(of: text, &random))
  }

  /// `in` and `not in`.
  private mutating func membership() -> Term {
    let comparison = pick([ComparisonOperator.isIn, .isNotIn])
    switch random.number(in: 0...6) {
    case 0: return .comparison(comparison, text(), .field("tags"))
    case 1...3: return .comparison(comparison, text(), elements { $0.text(0) })
    case 4: return .comparison(comparison, number(), elements { $0.number(0) })
    case 5: return .comparison(comparison, decimal(), elements { $0.decimal(0) })
    default: return .comparison(comparison, instant(), elements { $0.instant(0) })
    }
  }

  private mutating func elements(_ draw: (inout Self) -> Term) -> Term {
    let count = random.number(in: 0...5)
    return .list((0..<count).map { _ in random.chance(6) ? .null : draw(&self) })
  }

  private mutating func tagTest() -> Term {
    switch random.number(in: 0...12) {
    case 0...2: .comparison(.has, .field("tags"), tag())
    case 3...4: .comparison(.hasAny, .field("tags"), tagList(0...3))
    case 5...6: .comparison(.hasAll, .field("tags"), tagList(0...2))
    case 7: .comparison(.has, tagList(0...3), text())
    case 8: .comparison(.hasAny, tagList(1...3), .field("tags"))
    case 9: .call("empty", [.field("tags")])
    case 10: .comparison(.hasAll, tagList(1...4), .field("tags"))
    default: order { $0.tagCount() }
    }
  }

  private mutating func tagList(_ count: ClosedRange<Int>) -> Term {
    .list((0..<random.number(in: count)).map { _ in tag() })
  }

  private mutating func tag() -> Term {
    random.chance(85) ? .text(pick(workspace.tags)) : text()
  }

  private mutating func tagCount() -> Term {
    random.chance(50) ? count() : .number(Int64(random.number(in: 0...3)))
  }

  private mutating func nullTest() -> Term {
    let fields =
      RandomWorkspace.textFields + RandomWorkspace.numberFields + RandomWorkspace.instantFields
    let subject = Term.field(pick(fields + ["tags"]))
    if random.chance(30) { return .call("empty", [subject]) }
    let comparison = pick([ComparisonOperator.equal, .notEqual])
    return random.chance(80)
      ? .comparison(comparison, subject, .null) : .comparison(comparison, .null, subject)
  }

  private mutating func flag() -> Term {
    let connected = Term.field("connected")
    if random.chance(60) { return connected }
    return .comparison(pick([.equal, .notEqual]), connected, .flag(random.chance(50)))
  }
}
