import Language

/// The syntax tree as one line, for tables of expected parses.
extension Expression {
  var sexpr: String {
    switch kind {
    case .literal(let literal): literal.sexpr
    case .name(let name): name
    case .variable(let name): "$\(name)"
    case .member(let value, let name): "(. \(value.sexpr) \(name.text))"
    case .call(let name, let arguments): list([name.text + "()"] + arguments.map(\.sexpr))
    case .list(let elements): "[" + elements.map(\.sexpr).joined(separator: " ") + "]"
    case .record(let entries):
      "{" + entries.map { "\($0.key.text): \($0.value.sexpr)" }.joined(separator: ", ") + "}"
    case .interpolation(let segments): list(["f"] + segments.map(\.sexpr))
    case .not(let value): "(not \(value.sexpr))"
    case .negated(let value): "(- \(value.sexpr))"
    case .logical(let connective, let values): list([connective.rawValue] + values.map(\.sexpr))
    case .comparison(let comparison, let left, let right):
      "(\(comparison.rawValue) \(left.sexpr) \(right.sexpr))"
    case .between(let value, let low, let high):
      "(between \(value.sexpr) \(low.sexpr) \(high.sexpr))"
    case .arithmetic(let sign, let left, let right):
      "(\(sign.rawValue) \(left.sexpr) \(right.sexpr))"
    case .coalesce(let left, let right): "(?? \(left.sexpr) \(right.sexpr))"
    case .conditional(let condition, let then, let other):
      "(if \(condition.sexpr) \(then.sexpr) \(other.sexpr))"
    case .invalid: "invalid"
    }
  }

  private func list(_ parts: [String]) -> String { "(" + parts.joined(separator: " ") + ")" }
}

extension Expression.Segment {
  fileprivate var sexpr: String {
    switch self {
    case .text(let text): "\"\(text)\""
    case .expression(let expression): expression.sexpr
    }
  }
}

extension Literal {
  var sexpr: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .string(let value): "\"\(value)\""
    case .timestamp(let value): "@\(value.iso8601)"
    case .duration(let value): "\(value)"
    }
  }
}

extension Statement {
  var sexpr: String {
    switch kind {
    case .pipeline(let pipeline): pipeline.sexpr
    case .letPipeline(let name, let pipeline): "(let \(name.text) \(pipeline.sexpr))"
    case .letExpression(let name, let value): "(let \(name.text) \(value.sexpr))"
    case .print(let value): "(print \(value.sexpr))"
    case .use(let path): "(use \"\(path.text)\")"
    case .definition(let definition): definition.sexpr
    case .loop(let loop): "(for \(loop.variable.text) \(loop.source.sexpr) \(loop.body.sexpr))"
    case .branch(let branch): branch.sexpr
    case .profile(let profile): profile.sexpr(as: "profile")
    case .test(let test): test.sexpr(as: "test")
    case .defaultProfile(let name): "(default \"\(name.text)\")"
    case .parameter(let parameter):
      "(param \(parameter.name.text) \(parameter.type)"
        + (parameter.defaultValue.map { " " + $0.sexpr } ?? "") + ")"
        + (parameter.documentation.map { " ## \($0)" } ?? "")
    }
  }
}

extension SettingsBlock {
  fileprivate func sexpr(as word: String) -> String {
    let settings = settings.map { "\($0.key.text)=\($0.value.sexpr)" }
    return "(\(word) \"\(name.text)\" {\(settings.joined(separator: " "))})"
  }
}

extension Definition {
  fileprivate var sexpr: String {
    let parameters = parameters.map { "\($0.name.text):\($0.type)" }.joined(separator: " ")
    let stages = stages.map(\.sexpr).joined(separator: " | ")
    return "(def \(name.text) (\(parameters)) \(stages))"
      + (documentation.map { " ## \($0)" } ?? "")
  }
}

extension Loop.LoopSource {
  fileprivate var sexpr: String {
    switch self {
    case .pipeline(let pipeline): "(\(pipeline.sexpr))"
    case .expression(let value): value.sexpr
    }
  }
}

extension Block {
  fileprivate var sexpr: String { "{" + statements.map(\.sexpr).joined(separator: " ; ") + "}" }
}

extension Branch {
  fileprivate var sexpr: String {
    let other: String =
      switch otherwise {
      case nil: ""
      case .block(let block): " " + block.sexpr
      case .branch(let branch): " " + branch.sexpr
      }
    return "(if \(condition.sexpr) \(then.sexpr)\(other))"
  }
}

extension Pipeline {
  var sexpr: String { ([source.sexpr] + stages.map(\.sexpr)).joined(separator: " | ") }
}

extension Source {
  fileprivate var sexpr: String {
    switch kind {
    case .list(let all, let runtime): "list" + (all ? " all" : "") + (runtime ? " runtime" : "")
    case .get(let ids): "get " + ids.map(\.sexpr).joined(separator: " ")
    case .file(let path, let kind):
      "from \(path.sexpr)" + (kind.map { " as " + $0.text } ?? "")
    case .variable(let name): "$\(name.text)"
    case .lastResult: "it"
    case .nothing: "nothing"
    case .invalid: "invalid"
    }
  }
}

extension Stage {
  fileprivate var sexpr: String {
    ([name.text] + arguments.sexprs).joined(separator: " ")
  }
}

extension Stage.Arguments {
  fileprivate var sexprs: [String] {
    switch self {
    case .none: []
    case .invalid: ["invalid"]
    case .predicate(let value), .count(let value), .file(let value, replaces: false):
      [value.sexpr]
    case .file(let value, replaces: true): ["replace", value.sexpr]
    case .tags(let values): values.map(\.sexpr)
    case .columns(let columns): columns.map { "\($0.name.text)=\($0.value.sexpr)" }
    case .sortKeys(let keys): keys.map { $0.value.sexpr + ($0.descending ? " desc" : "") }
    case .grouping(let grouping):
      grouping.keys.map { "\($0.name.text)=\($0.value.sexpr)" }
        + grouping.aggregates.map { "\($0.name.text)=\($0.kind)(\($0.value?.sexpr ?? ""))" }
    case .creation(let existing, let list):
      (existing == .refuse ? [] : [existing.words])
        + list.map { "\($0.field.text)=\($0.value.sexpr)" }
    case .assignments(let list): list.map { "\($0.field.text)=\($0.value.sexpr)" }
    case .flags(let flags): flags.map(\.text)
    case .format(let name): name.map { [$0.text] } ?? []
    case .expectation(let expectation): expectation.sexprs
    case .rows(let source): [source.sexpr]
    case .key(let field): [field.text]
    case .invocation(let arguments): ["("] + arguments.map(\.sexpr) + [")"]
    }
  }
}

extension Expectation {
  fileprivate var sexprs: [String] {
    let subject =
      switch kind {
      case .count(let comparison, let value): "count\(comparison.rawValue)\(value.sexpr)"
      case .all(let value): "all \(value.sexpr)"
      case .none(let value): "none \(value.sexpr)"
      }
    return [subject] + (message.map { [$0.sexpr] } ?? [])
  }
}
