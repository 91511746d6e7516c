import JSON
import Language

/// Evaluates checked expressions. Logic has two values: a comparison with null is false.
///
/// An expression is compiled once for all rows: names are looked up, parts that read no row are
/// computed, and what is left are nested functions of a row.
package struct Evaluator: Sendable {
  package let environment: Environment

  package init(_ environment: Environment) { self.environment = environment }

  /// A compiled expression. Without a row, it throws if it reads one.
  package typealias Function = @Sendable (Row?) throws(RunError) -> Value

  /// Returns the function that computes an expression.
  package func function(_ expression: CheckedExpression) -> Function {
    compiled(expression).function
  }

  /// Returns the function that tells whether a row satisfies a predicate.
  package func condition(_ predicate: CheckedExpression) -> (Row) throws(RunError) -> Bool {
    let function = function(predicate)
    return { row throws(RunError) in try function(row).bool ?? false }
  }

  /// Returns the rows that satisfy a predicate.
  package func rows(_ rows: Rows, satisfying predicate: CheckedExpression) throws(RunError) -> [Row]
  {
    let compiled = compiled(predicate)
    return try rows.keeping(compiled.holds, by: compiled.test)
  }

  /// Returns `true` iff `row` satisfies `predicate`.
  package func holds(_ predicate: CheckedExpression, _ row: Row) throws(RunError) -> Bool {
    try condition(predicate)(row)
  }

  package func value(_ expression: CheckedExpression, _ row: Row?) throws(RunError) -> Value {
    try function(expression)(row)
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
}

/// The function that computes an expression; of one that reads no row also the value.
struct CompiledExpression: Sendable {
  let function: Evaluator.Function
  let constant: Value?
  /// Tells whether the value is `true`, for rows that are read from a text.
  private(set) var test: RowTest?

  init(_ constant: Value) {
    function = { _ throws(RunError) in constant }
    self.constant = constant
  }

  /// Creates the function of an expression with these operands; `nil` if it reads the row itself. If
  /// the value can't be computed, no row has one; that is an error only if there are rows.
  init(_ operands: [CompiledExpression]?, _ function: @escaping Evaluator.Function) {
    let isConstant = operands?.allSatisfy { $0.constant != nil } ?? false
    let value = isConstant ? try? function(nil) : nil
    constant = value
    if let value {
      self.function = { _ throws(RunError) in value }
    } else {
      self.function = function
    }
  }

  func holds(_ row: Row?) throws(RunError) -> Bool { try function(row).bool ?? false }

  /// Returns the expression with a test that comes to the same result.
  func tested(_ test: @escaping RowTest) -> CompiledExpression {
    var tested = self
    tested.test = test
    return tested
  }
}

extension Evaluator {
  func compiled(_ expression: CheckedExpression) -> CompiledExpression {
    let span = expression.span
    switch expression.kind {
    case .literal(let literal): return CompiledExpression(Value(literal))
    case .field(let slot, _):
      return CompiledExpression(nil) { row throws(RunError) in try Self.field(slot, row, span) }
    case .variable(let name, let known): return variable(name, known, span)
    case .rowField(let name, let slot, _): return rowField(name, slot, span)
    case .member(let value, let name): return member(name, of: value)
    case .call(let name, let arguments): return call(name, arguments, expression)
    case .list(let elements): return list(elements, span)
    case .record(let entries): return record(entries, span)
    case .interpolation(let segments): return interpolation(segments, span)
    case .conditional(let condition, let then, let other):
      return conditional(compiled(condition), compiled(then), compiled(other))
    case .coalesce(let left, let right): return coalesce(compiled(left), compiled(right))
    case .negated(let value): return negation(compiled(value), span)
    case .arithmetic(let sign, let left, let right):
      return arithmetic(sign, compiled(left), compiled(right), span)
    case .not(let value): return negatedTruth(compiled(value))
    case .logical(let sign, let values): return logical(sign, values.map(compiled))
    case .comparison(let comparison, let left, let right):
      return self.comparison(comparison, left, right, span)
    case .matches(let text, let pattern): return matches(text, pattern)
    case .between(let value, let low, let high): return between(value, low, high)
    case .invalid:
      return CompiledExpression(nil) { _ throws(RunError) in
        throw RunError(.internalError, "an unchecked expression", at: span)
      }
    }
  }

  // MARK: Leaves

  private static func field(_ slot: Int, _ row: Row?, _ span: SourceSpan) throws(RunError) -> Value
  {
    guard let row else { throw RunError(.internalError, "no row", at: span) }
    do { return try row.value(slot) } catch { throw RunError(.network, error.message, at: span) }
  }

  private func variable(_ name: String, _ known: Literal?, _ span: SourceSpan)
    -> CompiledExpression
  {
    switch environment.variables[name] {
    case .value(let value): return CompiledExpression(value)
    case .rows(let set): return CompiledExpression(.int(Int64(set.rows.count)))
    case .row, .unknown, nil:
      return known.map { CompiledExpression(Value($0)) } ?? Self.unknown(name, span)
    }
  }

  private static func unknown(_ name: String, _ span: SourceSpan) -> CompiledExpression {
    CompiledExpression([]) { _ throws(RunError) in
      throw RunError(.usage, "`$\(name)` is not known before the run", at: span)
    }
  }

  private func rowField(_ name: String, _ slot: Int, _ span: SourceSpan) -> CompiledExpression {
    guard case .row(let row) = environment.variables[name] else { return Self.unknown(name, span) }
    return CompiledExpression([]) { _ throws(RunError) in try Self.field(slot, row, span) }
  }

  private func member(_ name: String, of value: CheckedExpression) -> CompiledExpression {
    if let column = column(name, of: value) { return column }
    let value = compiled(value)
    return CompiledExpression([value]) { row throws(RunError) in
      try value.function(row).member(name)
    }
  }

  /// The values of a column, if the expression is a variable that holds rows.
  private func column(_ name: String, of rows: CheckedExpression) -> CompiledExpression? {
    guard case .variable(let variable, _) = rows.kind,
      case .rows(let set) = environment.variables[variable], let slot = set.schema.slot(of: name)
    else { return nil }
    return CompiledExpression([]) { _ throws(RunError) in
      let values = try set.rows.mapping { row throws(RunError) in
        try Self.field(slot, row, rows.span)
      }
      try Self.requireSize(of: values, in: "list", rows.span)
      return .list(values)
    }
  }

  // MARK: Containers

  private static func values(_ expressions: [CompiledExpression], _ row: Row?) throws(RunError)
    -> [Value]
  {
    try expressions.mapping { expression throws(RunError) in try expression.function(row) }
  }

  private static func requireSize(of values: [Value], in kind: String, _ span: SourceSpan)
    throws(RunError)
  {
    if let problem = ValueSize.problem(of: values, in: kind) {
      throw RunError(.usage, problem, at: span)
    }
  }

  private func list(_ elements: [CheckedExpression], _ span: SourceSpan) -> CompiledExpression {
    let elements = elements.map(compiled)
    return CompiledExpression(elements) { row throws(RunError) in
      let values = try Self.values(elements, row)
      try Self.requireSize(of: values, in: "list", span)
      return .list(values)
    }
  }

  private func record(_ entries: [(key: String, value: CheckedExpression)], _ span: SourceSpan)
    -> CompiledExpression
  {
    let (keys, values) = (entries.map(\.key), entries.map { compiled($0.value) })
    return CompiledExpression(values) { row throws(RunError) in
      let values = try Self.values(values, row)
      try Self.requireSize(of: values, in: "record", span)
      return .record(zip(keys, values).map { Value.Member(name: $0, value: $1) })
    }
  }

  private func interpolation(_ segments: [CheckedExpression.Segment], _ span: SourceSpan)
    -> CompiledExpression
  {
    let parts = segments.map { segment in
      switch segment {
      case .text(let text): CompiledExpression(.string(text))
      case .expression(let expression): compiled(expression)
      }
    }
    return CompiledExpression(parts) { row throws(RunError) in
      var text = ""
      for part in parts {
        text += try part.function(row).text
        guard text.utf8.count <= ValueSize.limit else {
          throw RunError(.usage, ValueSize.longText, at: span)
        }
      }
      return .string(text)
    }
  }

  private func call(
    _ name: String, _ arguments: [CheckedExpression], _ expression: CheckedExpression
  ) -> CompiledExpression {
    let (arguments, span, environment) = (arguments.map(compiled), expression.span, environment)
    let isConstant = arguments.allSatisfy { $0.constant != nil }
    guard let function = FunctionDefinition.named(name) else {
      return CompiledExpression(nil) { _ throws(RunError) in
        throw RunError(.internalError, "unknown function `\(name)`", at: span)
      }
    }
    return CompiledExpression(arguments) { row throws(RunError) in
      let values = try Self.values(arguments, row)
      do throws(FunctionError) { return try function.meaning(values, environment) } catch {
        throw RunError("`\(name)`: \(error.message)", in: isConstant ? nil : row, at: span)
      }
    }
  }
}

extension Value {
  fileprivate func member(_ name: String) -> Value {
    switch self {
    case .json(let json): json[name].map { .json($0) } ?? .null
    case .record(let members): members.last { $0.name.hasSameBytes(as: name) }?.value ?? .null
    default: .null
    }
  }
}
