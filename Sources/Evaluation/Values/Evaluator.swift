import JSON
import Language

/// Evaluates checked expressions. Logic has two values: a comparison with null is false.
package struct Evaluator: Sendable {
  package let environment: Environment

  package init(_ environment: Environment) { self.environment = environment }

  /// Returns `true` iff `row` satisfies `predicate`.
  package func holds(_ predicate: CheckedExpression, _ row: Row) throws(RunError) -> Bool {
    try value(predicate, row).bool ?? false
  }

  /// Returns the value of an expression that reads no row.
  package func constant(_ expression: CheckedExpression) throws(RunError) -> Value {
    try value(expression, nil)
  }

  /// Returns a number of rows. Throws if it is negative.
  package func count(_ expression: CheckedExpression) throws(RunError) -> Int {
    guard let number = try constant(expression).int else {
      throw RunError(.internalError, "the number of rows is not known", at: expression.span)
    }
    guard number >= 0 else {
      throw RunError(.usage, "the number of rows can't be negative", at: expression.span)
    }
    return Int(clamping: number)
  }

  package func value(_ expression: CheckedExpression, _ row: Row?) throws(RunError) -> Value {
    switch expression.kind {
    case .literal(let literal): return Value(literal)
    case .field(let slot, _): return try field(slot, row, expression)
    case .variable(let name, _): return try variable(name, expression)
    case .rowField(let name, let slot, _): return try rowField(name, slot, expression)
    case .member(let value, let name):
      if let column = try column(name, of: value) { return column }
      return member(try self.value(value, row), name)
    case .call(let name, let arguments): return try call(name, arguments, row, expression)
    case .list(let elements):
      let values = try values(elements, row)
      try requireSize(of: values, in: "list", expression)
      return .list(values)
    case .record(let entries): return try record(entries, row, expression)
    case .interpolation(let segments):
      return .string(try interpolated(segments, row, expression.span))
    case .conditional(let condition, let then, let other):
      return try holds(condition, in: row) ? try value(then, row) : try value(other, row)
    case .coalesce(let left, let right):
      let value = try value(left, row)
      return value.isNull ? try self.value(right, row) : value
    case .negated(let value): return try negated(try self.value(value, row), expression)
    case .arithmetic(let sign, let left, let right):
      return try arithmetic(sign, try value(left, row), try value(right, row), expression)
    default: return .bool(try truth(expression, row))
    }
  }

  // MARK: Truth

  private func truth(_ expression: CheckedExpression, _ row: Row?) throws(RunError) -> Bool {
    switch expression.kind {
    case .not(let value): return !(try holds(value, in: row))
    case .logical(.and, let values):
      for value in values where !(try holds(value, in: row)) { return false }
      return true
    case .logical(.or, let values):
      for value in values where try holds(value, in: row) { return true }
      return false
    case .comparison(let comparison, let left, let right):
      return try compare(
        comparison, try value(left, row), try value(right, row), in: row, expression.span,
        pattern: right.span)
    case .matches(let text, let pattern):
      return try value(text, row).string.map { pattern.matches($0) } ?? false
    case .between(let value, let low, let high):
      let value = try self.value(value, row)
      let limits = (try self.value(low, row), try self.value(high, row))
      let isAbove = try compare(.greaterOrEqual, value, limits.0, in: row, low.span)
      let isBelow = try compare(.lessOrEqual, value, limits.1, in: row, high.span)
      return isAbove && isBelow
    default:
      throw RunError(.internalError, "an unchecked expression", at: expression.span)
    }
  }

  private func holds(_ condition: CheckedExpression, in row: Row?) throws(RunError) -> Bool {
    try value(condition, row).bool ?? false
  }

  private func compare(
    _ comparison: ComparisonOperator, _ left: Value, _ right: Value, in row: Row?,
    _ span: SourceSpan, pattern: SourceSpan? = nil
  ) throws(RunError) -> Bool {
    if comparison == .matches, let text = right.string {
      return try matches(left.string, text, at: pattern ?? span)
    }
    do {
      return try Comparison.holds(comparison, left, right)
    } catch {
      throw RunError(error.message, in: row, at: span)
    }
  }

  private func matches(_ text: String?, _ pattern: String, at span: SourceSpan) throws(RunError)
    -> Bool
  {
    do {
      let compiled = try RegularExpression(pattern)
      return text.map { compiled.matches($0) } ?? false
    } catch {
      throw RunError(.usage, "invalid regular expression: \(error.message)", at: span)
    }
  }

  // MARK: Leaves and containers

  private func field(_ slot: Int, _ row: Row?, _ expression: CheckedExpression) throws(RunError)
    -> Value
  {
    guard let row else { throw RunError(.internalError, "no row", at: expression.span) }
    do {
      return try row.value(slot)
    } catch {
      throw RunError(.network, error.message, at: expression.span)
    }
  }

  private func variable(_ name: String, _ expression: CheckedExpression) throws(RunError) -> Value {
    switch environment.variables[name] {
    case .value(let value): return value
    case .rows(let set): return .int(Int64(set.rows.count))
    case .row, .unknown, nil:
      if case .variable(_, let known?) = expression.kind { return Value(known) }
      throw RunError(.usage, "`$\(name)` is not known before the run", at: expression.span)
    }
  }

  private func rowField(_ name: String, _ slot: Int, _ expression: CheckedExpression)
    throws(RunError) -> Value
  {
    if case .row(let row) = environment.variables[name] { return try field(slot, row, expression) }
    throw RunError(.usage, "`$\(name)` is not known before the run", at: expression.span)
  }

  /// The values of a column, if the expression is a variable that holds rows.
  private func column(_ name: String, of rows: CheckedExpression) throws(RunError) -> Value? {
    guard case .variable(let variable, _) = rows.kind,
      case .rows(let set) = environment.variables[variable], let slot = set.schema.slot(of: name)
    else { return nil }
    let values = try set.rows.mapping { row throws(RunError) in try field(slot, row, rows) }
    try requireSize(of: values, in: "list", rows)
    return .list(values)
  }

  private func member(_ value: Value, _ name: String) -> Value {
    switch value {
    case .json(let json): json[name].map { .json($0) } ?? .null
    case .record(let members): members.last { $0.name.hasSameBytes(as: name) }?.value ?? .null
    default: .null
    }
  }

  private func values(_ expressions: [CheckedExpression], _ row: Row?) throws(RunError) -> [Value] {
    var values: [Value] = []
    for expression in expressions { values.append(try value(expression, row)) }
    return values
  }

  private func requireSize(of values: [Value], in kind: String, _ expression: CheckedExpression)
    throws(RunError)
  {
    guard let problem = ValueSize.problem(of: values, in: kind) else { return }
    throw RunError(.usage, problem, at: expression.span)
  }

  private func record(
    _ entries: [(key: String, value: CheckedExpression)], _ row: Row?,
    _ expression: CheckedExpression
  ) throws(RunError) -> Value {
    let values = try values(entries.map(\.value), row)
    try requireSize(of: values, in: "record", expression)
    return .record(zip(entries, values).map { Value.Member(name: $0.key, value: $1) })
  }

  private func interpolated(
    _ segments: [CheckedExpression.Segment], _ row: Row?, _ span: SourceSpan
  ) throws(RunError) -> String {
    var text = ""
    for segment in segments {
      switch segment {
      case .text(let piece): text += piece
      case .expression(let expression): text += try value(expression, row).text
      }
      guard text.utf8.count <= ValueSize.limit else {
        throw RunError(.usage, ValueSize.longText, at: span)
      }
    }
    return text
  }

  private func call(
    _ name: String, _ arguments: [CheckedExpression], _ row: Row?, _ expression: CheckedExpression
  ) throws(RunError) -> Value {
    guard let function = FunctionDefinition.named(name) else {
      throw RunError(.internalError, "unknown function `\(name)`", at: expression.span)
    }
    let values = try values(arguments, row)
    do {
      return try function.meaning(values, environment)
    } catch {
      let row = expression.isConstant ? nil : row
      throw RunError("`\(name)`: \(error.message)", in: row, at: expression.span)
    }
  }

  // MARK: Arithmetic

  private func negated(_ value: Value, _ expression: CheckedExpression) throws(RunError) -> Value {
    switch value {
    case .duration:
      try arithmetic(
        .minus, .duration(TimeSpan(microseconds: 0)), value, expression)
    case .null: .null
    default: try arithmetic(.minus, .int(0), value, expression)
    }
  }

  private func arithmetic(
    _ sign: ArithmeticOperator, _ left: Value, _ right: Value, _ expression: CheckedExpression
  ) throws(RunError) -> Value {
    if left.isNull || right.isNull { return .null }
    guard let result = Arithmetic.result(sign, left, right) else {
      throw RunError(.usage, "the result is out of range", at: expression.span)
    }
    return result
  }
}
