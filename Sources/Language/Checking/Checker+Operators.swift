/// Checks the operands of operators, and determines the types of their results.
extension Checker {
  mutating func operation(_ expression: Expression, in schema: Schema?) -> CheckedExpression {
    let span = expression.span
    switch expression.kind {
    case .not(let value):
      return CheckedExpression(.not(condition(value, in: schema)), .bool, span)
    case .logical(let connective, let values):
      let operands = values.map { condition($0, in: schema) }
      return CheckedExpression(.logical(connective, operands), .bool, span)
    case .negated(let value): return negated(value, in: schema, span)
    case .comparison(let comparison, let left, let right):
      return self.comparison(comparison, left, right, in: schema, span)
    case .between(let value, let low, let high):
      return between(value, low, high, in: schema, span)
    case .arithmetic(let sign, let left, let right):
      return arithmetic(sign, left, right, in: schema, span)
    case .coalesce(let left, let right): return coalesce(left, right, in: schema, span)
    case .conditional(let condition, let then, let other):
      return conditional(condition, then, other, in: schema, span)
    default: return .invalid(span)
    }
  }

  private mutating func condition(_ value: Expression, in schema: Schema?) -> CheckedExpression {
    predicate(value, in: schema ?? .empty, hasRow: schema != nil)
  }

  private mutating func predicate(_ value: Expression, in schema: Schema, hasRow: Bool)
    -> CheckedExpression
  {
    guard !hasRow else { return predicate(value, in: schema) }
    let checked = constant(value)
    require(checked, fits: .bool, of: "a condition")
    return checked
  }

  private mutating func negated(_ value: Expression, in schema: Schema?, _ span: SourceSpan)
    -> CheckedExpression
  {
    let checked = expression(value, in: schema)
    if case .literal(.int(let number)) = checked.kind {
      return CheckedExpression(.literal(.int(-number)), .int, span)
    }
    if !checked.type.fits(.int), !checked.type.fits(.duration) {
      return fail(.noNegative(checked))
    }
    return CheckedExpression(.negated(checked), checked.type, nullable: checked.isNullable, span)
  }

  // MARK: Comparisons

  private mutating func comparison(
    _ comparison: ComparisonOperator, _ left: Expression, _ right: Expression,
    in schema: Schema?, _ span: SourceSpan
  ) -> CheckedExpression {
    let checkedLeft = expression(left, in: schema)
    if let word = bareWord(right, beside: checkedLeft, in: schema) { return fail(.bareWord(word)) }
    let checkedRight = expression(right, in: schema)
    recordContext(right, comparedBy: comparison, with: checkedLeft)
    refuseSecret(checkedLeft)
    refuseSecret(checkedRight)
    guard comparison.accepts(checkedLeft.type, checkedRight.type) else {
      return fail(mismatch(comparison, checkedLeft, checkedRight))
    }
    doubtPattern(comparison, checkedRight)
    doubtValue(comparison, checkedLeft, checkedRight)
    if comparison == .matches { return matches(checkedLeft, checkedRight, span) }
    return CheckedExpression(.comparison(comparison, checkedLeft, checkedRight), .bool, span)
  }

  /// Returns an unknown name that is compared with text, a habit from languages where bare words
  /// are strings.
  private func bareWord(_ right: Expression, beside left: CheckedExpression, in schema: Schema?)
    -> Name?
  {
    guard case .name(let word) = right.kind, let schema, !schema.isOpen,
      left.type == .string || left.type == .list(.string),
      schema.slot(of: word) == nil, scope.variables[word] == nil
    else { return nil }
    let near = Diagnostic.nearest(word, among: schema.columns.map(\.name)) != nil
    return near || ForeignTable.value(word) != nil ? nil : Name(text: word, span: right.span)
  }

  private mutating func matches(
    _ text: CheckedExpression, _ pattern: CheckedExpression, _ span: SourceSpan
  ) -> CheckedExpression {
    guard pattern.isConstant else { return fail(.patternNotConstant(pattern.span)) }
    guard case .string(let source) = pattern.literal else {
      return CheckedExpression(.comparison(.matches, text, pattern), .bool, span)
    }
    do {
      return CheckedExpression(.matches(text, try RegularExpression(source)), .bool, span)
    } catch {
      return fail(.badPattern(error, pattern.span))
    }
  }

  private mutating func between(
    _ value: Expression, _ low: Expression, _ high: Expression, in schema: Schema?,
    _ span: SourceSpan
  ) -> CheckedExpression {
    let checked = expression(value, in: schema)
    let limits = [low, high].map { expression($0, in: schema) }
    refuseSecret(checked)
    for limit in [low, high] { recordContext(limit, comparedBy: .lessOrEqual, with: checked) }
    for limit in limits {
      refuseSecret(limit)
      guard ComparisonOperator.lessOrEqual.accepts(checked.type, limit.type) else {
        return fail(mismatch(.lessOrEqual, checked, limit))
      }
    }
    return CheckedExpression(.between(checked, limits[0], limits[1]), .bool, span)
  }

  private func mismatch(
    _ comparison: ComparisonOperator, _ left: CheckedExpression, _ right: CheckedExpression
  ) -> Diagnostic {
    left.type == .timestamp && right.isBareDate
      ? .dateWithoutAt(right.span) : .cannotCompare(comparison, left, right)
  }

  // MARK: Arithmetic and choices

  private mutating func arithmetic(
    _ sign: ArithmeticOperator, _ left: Expression, _ right: Expression, in schema: Schema?,
    _ span: SourceSpan
  ) -> CheckedExpression {
    let checkedLeft = expression(left, in: schema)
    let checkedRight = expression(right, in: schema)
    recordContext(right, wanted: .anyOf(sign.rightSides(of: checkedLeft.type)))
    refuseSecret(checkedLeft)
    refuseSecret(checkedRight)
    guard let type = sign.result(checkedLeft.type, checkedRight.type) else {
      return fail(.noArithmetic(sign, checkedLeft, checkedRight, span))
    }
    let nullable = checkedLeft.isNullable || checkedRight.isNullable
    return CheckedExpression(
      .arithmetic(sign, checkedLeft, checkedRight), type, nullable: nullable, span)
  }

  private mutating func coalesce(
    _ left: Expression, _ right: Expression, in schema: Schema?, _ span: SourceSpan
  ) -> CheckedExpression {
    let checkedLeft = expression(left, in: schema)
    let checkedRight = expression(right, in: schema)
    recordContext(right, wanted: .comparable(checkedLeft.type), field: checkedLeft.fieldName)
    require(checkedRight, fits: checkedLeft.type, of: "the value after `??`")
    let type = checkedLeft.type == .null ? checkedRight.type : checkedLeft.type
    return CheckedExpression(
      .coalesce(checkedLeft, checkedRight), type,
      nullable: checkedLeft.isNullable && checkedRight.isNullable, span)
  }

  private mutating func conditional(
    _ condition: Expression, _ then: Expression, _ other: Expression, in schema: Schema?,
    _ span: SourceSpan
  ) -> CheckedExpression {
    let checkedCondition = self.condition(condition, in: schema)
    let values = [then, other].map { expression($0, in: schema) }
    require(values[1], fits: values[0].type, of: "the value after `else`")
    let type = values[0].type == .null ? values[1].type : values[0].type
    return CheckedExpression(
      .conditional(checkedCondition, then: values[0], else: values[1]), type,
      nullable: values.contains(where: \.isNullable), span)
  }
}

extension CheckedExpression {
  /// `true` for `2026-01-31`, which subtracts numbers.
  fileprivate var isBareDate: Bool {
    guard case .arithmetic(.minus, let left, let day) = kind,
      case .arithmetic(.minus, let year, let month) = left.kind,
      let (year, month, day) = Self.constants(year, month, day)
    else { return false }
    return (1000...9999).contains(year) && (1...12).contains(month) && (1...31).contains(day)
      && span.end - span.start == "2026-01-31".utf8.count
  }

  private static func constants(
    _ first: CheckedExpression, _ second: CheckedExpression, _ third: CheckedExpression
  ) -> (Int64, Int64, Int64)? {
    guard let first = first.constantInt, let second = second.constantInt,
      let third = third.constantInt
    else { return nil }
    return (first, second, third)
  }

  /// The fix for a date in quotes; `nil` for any other value.
  fileprivate var quotedDate: Diagnostic.Fix? {
    guard case .literal(.string(let text)) = kind, Timestamp(iso8601: text) != nil else {
      return nil
    }
    return Diagnostic.Fix(span, "@" + text)
  }
}

extension ComparisonOperator {
  /// Returns `true` iff the operator accepts sides of these types.
  fileprivate func accepts(_ left: ValueType, _ right: ValueType) -> Bool {
    switch operands {
    case .same: left.fits(right) && left != .secret
    case .ordered: left.fits(right) && left.isOrderedOrNull && right.isOrderedOrNull
    case .elementOfList: right.isList(of: left)
    case .listAndElement: left.isList(of: right)
    case .lists: left.isList && right.isList && left.fits(right)
    case .text: left.fits(.string) && right.fits(.string)
    }
  }
}

extension ValueType {
  fileprivate var isOrderedOrNull: Bool { isOrdered || self == .null }

  fileprivate var isList: Bool {
    switch self {
    case .list, .json, .null, .unknown: true
    default: false
    }
  }

  fileprivate func isList(of element: ValueType) -> Bool {
    if case .list(let own) = self { return element.fits(own) }
    return self == .json || self == .null || isUnknown
  }
}

extension ArithmeticOperator {
  /// Returns the types that are allowed on the right side.
  fileprivate func rightSides(of left: ValueType) -> [ValueType] {
    [.int, .duration, .timestamp].filter { result(left, $0) != nil }
  }

  /// Returns the type of the result, or `nil` if the types can't be combined.
  fileprivate func result(_ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (left, right) {
    case (.unknown, _), (_, .unknown): .unknown
    case (.int, .int): .int
    case (.duration, .duration): .duration
    case (.timestamp, .duration): .timestamp
    case (.duration, .timestamp): self == .plus ? .timestamp : nil
    case (.timestamp, .timestamp): self == .minus ? .duration : nil
    default: nil
    }
  }
}

extension Diagnostic {
  fileprivate static func bareWord(_ name: Name) -> Diagnostic {
    Diagnostic(
      "C0113", "`\(name.text)` is a name, not text", at: name.span, label: "no such field",
      help: ["text goes in quotes: `\"\(name.text)\"`"], fix: Fix(name.span, "\"\(name.text)\""))
  }

  fileprivate static func cannotCompare(
    _ comparison: ComparisonOperator, _ left: CheckedExpression, _ right: CheckedExpression
  ) -> Diagnostic {
    Diagnostic(
      "C0206",
      "`\(comparison.rawValue)` can't compare \(left.type.withArticle) with \(right.type.withArticle)",
      at: right.span, label: "this is \(right.type.withArticle)",
      help: comparisonHelp(comparison, left, right),
      fix: left.type == .timestamp ? right.quotedDate : nil)
  }

  private static func comparisonHelp(
    _ comparison: ComparisonOperator, _ left: CheckedExpression, _ right: CheckedExpression
  ) -> [String] {
    switch (comparison.operands, left.type, right.type) {
    case (.same, .list, .string), (.text, .list, .string):
      ["to test a list, use `has`: `tags has \"x\"`"]
    case (.listAndElement, .string, .string): ["for text, use `contains`"]
    case (.listAndElement, .list, .list), (.elementOfList, .list, .list):
      ["use `has any […]` or `has all […]`"]
    case (.elementOfList, _, let type) where left.type.fits(type):
      ["`in` needs a list: `in […]`"]
    default: conversionHelp(from: right, to: left.type)
    }
  }

  fileprivate static func noArithmetic(
    _ sign: ArithmeticOperator, _ left: CheckedExpression, _ right: CheckedExpression,
    _ span: SourceSpan
  ) -> Diagnostic {
    let isText = left.type == .string || right.type == .string
    return Diagnostic(
      "C0212",
      "`\(sign.rawValue)` can't combine \(left.type.withArticle) and \(right.type.withArticle)",
      at: span, label: "not supported",
      help: isText ? ["to build text, write `f\"{name} …\"`"] : [])
  }

  fileprivate static func noNegative(_ value: CheckedExpression) -> Diagnostic {
    Diagnostic(
      "C0212", "`-` can't negate \(value.type.withArticle)", at: value.span,
      label: "this is \(value.type.withArticle)",
      help: value.type == .bool ? ["write `not`"] : ["only numbers and durations can be negative"])
  }

  fileprivate static func patternNotConstant(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0211", "the pattern must be the same for every row", at: span, label: "depends on the row",
      help: ["to search for text, use `contains`"])
  }

  fileprivate static func badPattern(_ problem: RegularExpression.Problem, _ span: SourceSpan)
    -> Diagnostic
  {
    Diagnostic(
      "C0213", "invalid regular expression: \(problem.message)", at: span,
      label: "at character \(problem.offset + 1)",
      help: ["for plain text use `contains`; for `*` and `?` use `like`"])
  }
}
