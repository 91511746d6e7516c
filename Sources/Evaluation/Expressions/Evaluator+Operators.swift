import Language

extension Evaluator {
  func conditional(
    _ condition: CompiledExpression, _ then: CompiledExpression, _ other: CompiledExpression
  ) -> CompiledExpression {
    CompiledExpression([condition, then, other]) { row throws(RunError) in
      try condition.holds(row) ? try then.function(row) : try other.function(row)
    }
  }

  func coalesce(_ left: CompiledExpression, _ right: CompiledExpression) -> CompiledExpression {
    CompiledExpression([left, right]) { row throws(RunError) in
      let value = try left.function(row)
      return value.isNull ? try right.function(row) : value
    }
  }

  // MARK: Arithmetic

  func negation(_ value: CompiledExpression, _ span: SourceSpan) -> CompiledExpression {
    CompiledExpression([value]) { row throws(RunError) in
      let value = try value.function(row)
      let zero: Value =
        if case .duration = value { .duration(TimeSpan(microseconds: 0)) } else { .int(0) }
      return try Self.result(.minus, zero, value, span)
    }
  }

  func arithmetic(
    _ sign: ArithmeticOperator, _ left: CompiledExpression, _ right: CompiledExpression,
    _ span: SourceSpan
  ) -> CompiledExpression {
    CompiledExpression([left, right]) { row throws(RunError) in
      try Self.result(sign, try left.function(row), try right.function(row), span)
    }
  }

  private static func result(
    _ sign: ArithmeticOperator, _ left: Value, _ right: Value, _ span: SourceSpan
  ) throws(RunError) -> Value {
    if left.isNull || right.isNull { return .null }
    guard let result = Arithmetic.result(sign, left, right) else {
      throw RunError(.usage, "the result is out of range", at: span)
    }
    return result
  }

  // MARK: Logic

  func negatedTruth(_ value: CompiledExpression) -> CompiledExpression {
    let expression = CompiledExpression([value]) { row throws(RunError) in
      .bool(!(try value.holds(row)))
    }
    guard let test = value.test else { return expression }
    return expression.tested { rows in
      let test = test(rows)
      return { reader, row in test(reader, row).map { !$0 } }
    }
  }

  func logical(_ sign: LogicalOperator, _ values: [CompiledExpression]) -> CompiledExpression {
    // `and` is decided by the first that is false, `or` by the first that is true.
    let decisive = sign == .or
    let tests = values.compactMap(\.test)
    let expression = CompiledExpression(values) { row throws(RunError) in
      for value in values where try value.holds(row) == decisive { return .bool(decisive) }
      return .bool(!decisive)
    }
    return tests.count < values.count
      ? expression
      : expression.tested { rows in
        let tests = tests.map { $0(rows) }
        return { reader, row in
          for test in tests {
            let holds = test(reader, row)
            if holds != !decisive { return holds }
          }
          return !decisive
        }
      }
  }

  // MARK: Comparisons

  func comparison(
    _ comparison: ComparisonOperator, _ left: CheckedExpression, _ right: CheckedExpression,
    _ span: SourceSpan
  ) -> CompiledExpression {
    let other = compiled(right)
    if comparison == .matches { return matches(left, other, right.span) }
    let value = compiled(left)
    let plain = CompiledExpression([value, other]) { row throws(RunError) in
      let (left, right) = (try value.function(row), try other.function(row))
      return .bool(try Self.holds(comparison, left, right, in: row, span))
    }
    let test = other.constant.flatMap { TextTest(of: left, comparison, $0) }
    return test.map { plain.trying($0) } ?? plain
  }

  func between(
    _ value: CheckedExpression, _ low: CheckedExpression, _ high: CheckedExpression
  ) -> CompiledExpression {
    let (value, limits) = (compiled(value), (low: compiled(low), high: compiled(high)))
    let spans = (low: low.span, high: high.span)
    return CompiledExpression([value, limits.low, limits.high]) { row throws(RunError) in
      let value = try value.function(row)
      let (least, most) = (try limits.low.function(row), try limits.high.function(row))
      let isAbove = try Self.holds(.greaterOrEqual, value, least, in: row, spans.low)
      let isBelow = try Self.holds(.lessOrEqual, value, most, in: row, spans.high)
      return .bool(isAbove && isBelow)
    }
  }

  private static func holds(
    _ comparison: ComparisonOperator, _ left: Value, _ right: Value, in row: Row?,
    _ span: SourceSpan
  ) throws(RunError) -> Bool {
    do { return try Comparison.holds(comparison, left, right) } catch {
      throw RunError(error.message, in: row, at: span)
    }
  }

  /// `matches` with a pattern known from the text.
  func matches(_ text: CheckedExpression, _ pattern: RegularExpression) -> CompiledExpression {
    let value = compiled(text)
    let plain = CompiledExpression([value]) { row throws(RunError) in
      .bool(try value.function(row).string.map { pattern.matches($0) } ?? false)
    }
    return TextTest(of: text, pattern).map { plain.trying($0) } ?? plain
  }

  private func matches(
    _ text: CheckedExpression, _ pattern: CompiledExpression, _ span: SourceSpan
  ) -> CompiledExpression {
    if let known = pattern.constant?.string, let known = try? RegularExpression(known) {
      return matches(text, known)
    }
    let text = compiled(text)
    return CompiledExpression([text, pattern]) { row throws(RunError) in
      let text = try text.function(row).string
      guard let pattern = try pattern.function(row).string else { return .bool(false) }
      do throws(RegularExpression.Problem) {
        let compiled = try RegularExpression(pattern)
        return .bool(text.map { compiled.matches($0) } ?? false)
      } catch {
        throw RunError(.usage, "invalid regular expression: \(error.message)", at: span)
      }
    }
  }
}

extension CompiledExpression {
  /// Returns the expression with a test that is tried first.
  fileprivate func trying(_ test: TextTest) -> CompiledExpression {
    let plain = function
    let expression = CompiledExpression(nil) { row throws(RunError) in
      if let text = row?.text, let result = test.result(text.rows, text.index) {
        .bool(result)
      } else {
        try plain(row)
      }
    }
    return expression.tested(test.results)
  }
}
