/// Formats sources, stages and expressions.
extension Formatter {
  // MARK: Sources and stages

  mutating func layout(_ source: Source) -> Layout {
    switch source.kind {
    case .list(let all, let runtime):
      .text("list" + (all ? " all" : "") + (runtime ? " with runtime" : ""))
    case .get(let ids): .row([.text("get "), list(ids)])
    case .file(let path, let kind):
      .row([.text("from "), layout(path), .text(kind.map { " as " + $0.text } ?? "")])
    case .variable(let name): .text("$" + name.text)
    case .lastResult: .text("it")
    case .nothing, .invalid: .text("")
    }
  }

  mutating func layout(_ stage: Stage) -> Layout {
    if case .invocation(let arguments) = stage.arguments {
      return .row([.text(stage.name.text), brackets("(", arguments, ")", in: stage.span)])
    }
    let arguments = layout(stage.arguments)
    return arguments.map { .row([.text(stage.name.text + " "), $0]) } ?? .text(stage.name.text)
  }

  private mutating func layout(_ arguments: Stage.Arguments) -> Layout? {
    switch arguments {
    case .none, .invalid, .invocation: return nil
    case .predicate(let value), .count(let value), .file(let value, replaces: false):
      return layout(value)
    case .file(let value, replaces: true): return .row([.text("replace "), layout(value)])
    case .tags(let values): return list(values)
    case .columns(let columns): return row(columns) { $0.layout($1) }
    case .sortKeys(let keys): return .row([.text("by "), row(keys) { $0.layout($1) }])
    case .grouping(let grouping): return layout(grouping)
    case .assignments(let assignments): return layout(assignments)
    case .creation(.refuse, let assignments): return layout(assignments)
    case .creation(let existing, let assignments):
      return .row([.text(existing.words + " "), layout(assignments)])
    case .flags(let flags):
      return flags.isEmpty ? nil : .text(flags.map(\.text).joined(separator: " "))
    case .format(let name): return name.map { .text("as " + $0.text) }
    case .expectation(let expectation): return layout(expectation)
    case .rows(let source): return layout(source)
    case .key(let field): return .text("by " + field.text)
    }
  }

  private mutating func layout(_ assignments: [Assignment]) -> Layout {
    row(assignments) { .row([.text($1.field.text + " = "), $0.layout($1.value)]) }
  }

  /// Formats a column; a name is written only if it differs from the field's own.
  private mutating func layout(_ column: Column) -> Layout {
    let value = layout(column.value)
    switch column.value.kind {
    case .name(let text) where text == column.name.text: return value
    case .member(_, let name) where name.text == column.name.text: return value
    case .name, .member: return .row([value, .text(" as " + column.name.text)])
    default: return .row([.text(column.name.text + " = "), value])
    }
  }

  private mutating func layout(_ key: SortKey) -> Layout {
    .row([layout(key.value), .text(key.descending ? " desc" : "")])
  }

  private mutating func layout(_ grouping: Grouping) -> Layout {
    let keys = row(grouping.keys) { $0.layout($1) }
    guard !grouping.aggregates.isEmpty else { return .row([.text("by "), keys]) }
    let aggregates = row(grouping.aggregates) { $0.layout($1) }
    return .row([.text("by "), keys, .text(" with "), aggregates])
  }

  private mutating func layout(_ aggregate: Aggregate) -> Layout {
    let value = aggregate.value.map { layout($0) } ?? .text("")
    let name = aggregate.hasStandardName ? "" : " as " + aggregate.name.text
    return .row([.text(aggregate.kind.rawValue + "("), value, .text(")" + name)])
  }

  private mutating func layout(_ expectation: Expectation) -> Layout {
    let subject: Layout =
      switch expectation.kind {
      case .count(let comparison, let value):
        .row([.text("count \(comparison.rawValue) "), layout(value)])
      case .all(let value): .row([.text("all "), layout(value)])
      case .none(let value): .row([.text("none "), layout(value)])
      }
    guard let message = expectation.message else { return subject }
    return .row([subject, .text(", "), layout(message)])
  }

  private mutating func list(_ values: [Expression]) -> Layout { row(values) { $0.layout($1) } }

  private mutating func row<T>(_ elements: [T], _ layout: (inout Formatter, T) -> Layout) -> Layout
  {
    var parts: [Layout] = []
    for element in elements {
      if !parts.isEmpty { parts.append(.text(", ")) }
      parts.append(layout(&self, element))
    }
    return .row(parts)
  }

  // MARK: Expressions

  mutating func layout(_ expression: Expression) -> Layout {
    let span = expression.span
    switch expression.kind {
    case .literal, .interpolation, .invalid: return .text(file.text(span))
    case .name(let text): return .text(text)
    case .variable(let text): return .text("$" + text)
    case .member(let value, let name):
      return .row([operand(value, .member), .text("." + name.text)])
    case .call(let name, let arguments):
      return .row([.text(name.text), brackets("(", arguments, ")", in: span)])
    case .list(let elements): return brackets("[", elements, "]", in: span)
    case .record(let entries): return record(entries, in: span)
    case .conditional(let condition, let then, let other):
      return .row([
        .text("if "), layout(condition), .text(" then "), layout(then), .text(" else "),
        layout(other),
      ])
    default: return operation(expression)
    }
  }

  private mutating func operation(_ expression: Expression) -> Layout {
    switch expression.kind {
    case .not(let value):
      .row([.text("not "), operand(value, value.precedence == .not ? .not : .coalesce)])
    case .negated(let value): .row([.text("-"), operand(value, .unary)])
    case .logical(let connective, let values): chain(connective, values)
    case .comparison(let comparison, let left, let right):
      binary((left, .coalesce), comparison.rawValue, (right, .coalesce))
    case .between(let value, let low, let high):
      .row([
        binary((value, .coalesce), "between", (low, .coalesce)), .text(" and "),
        operand(high, .coalesce),
      ])
    case .arithmetic(let sign, let left, let right):
      binary((left, .additive), sign.rawValue, (right, .unary))
    case .coalesce(let left, let right): binary((left, .coalesce), "??", (right, .additive))
    default: .text("")
    }
  }

  private mutating func binary(
    _ left: (Expression, Precedence), _ sign: String, _ right: (Expression, Precedence)
  ) -> Layout {
    .row([operand(left.0, left.1), .text(" \(sign) "), operand(right.0, right.1)])
  }

  private mutating func chain(_ connective: LogicalOperator, _ values: [Expression]) -> Layout {
    var parts: [Layout] = []
    for value in values {
      if !parts.isEmpty { parts.append(.text(" \(connective.rawValue) ")) }
      parts.append(operand(value, .not))
    }
    return .row(parts)
  }

  /// Formats an operand, in parentheses if it binds more loosely than `level`.
  private mutating func operand(_ value: Expression, _ level: Precedence) -> Layout {
    let isConditional = if case .conditional = value.kind { true } else { false }
    let isLoose = value.precedence.map { $0 < level } ?? isConditional
    let layout = layout(value)
    guard isLoose else { return layout }
    let item = Layout.Item(comments: [], layout: layout, trailing: nil)
    return .brackets("(", [item], ")", trailingComma: false, lastComments: [])
  }

  // MARK: Brackets

  private mutating func brackets(
    _ open: String, _ elements: [Expression], _ close: String, in span: SourceSpan
  ) -> Layout {
    var offset = span.start
    let items = elements.map { element in
      item(element.span, from: &offset) { $0.layout(element) }
    }
    let last = consumeComments(in: SourceSpan(offset, span.end))
    return .brackets(open, items, close, trailingComma: true, lastComments: last)
  }

  private mutating func record(_ entries: [RecordEntry], in span: SourceSpan) -> Layout {
    var offset = span.start
    let items = entries.map { entry in
      item(entry.key.span.joined(entry.value.span), from: &offset) { formatter in
        .row([.text(formatter.file.text(entry.key.span) + ": "), formatter.layout(entry.value)])
      }
    }
    let last = consumeComments(in: SourceSpan(offset, span.end))
    return .brackets("{", items, "}", trailingComma: true, lastComments: last)
  }

  /// Formats an element with the comments around it; `offset` is the end of the previous one.
  private mutating func item(
    _ span: SourceSpan, from offset: inout Int, _ layout: (inout Formatter) -> Layout
  ) -> Layout.Item {
    let before = consumeComments(in: SourceSpan(offset, span.start))
    let inner = layout(&self)
    let within = consumeComments(in: span)
    offset = span.end
    return Layout.Item(
      comments: before + within, layout: inner, trailing: consumeTrailingComment(after: span.end))
  }
}
