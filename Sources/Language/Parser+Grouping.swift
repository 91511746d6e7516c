/// The arguments of `group` and `distinct`.
extension Parser {
  /// `group = "group" , "by" , column , { "," , column } , [ "with" , aggregate , { "," , aggregate } ] ;`
  /// `distinct = "distinct" , "by" , column , { "," , column } ;`
  mutating func grouping(_ hasAggregates: Bool) throws(Diagnostic) -> Grouping {
    try expectWord("by")
    let keys = try commaSeparated(Self.column)
    guard hasAggregates, takeWord("with") else { return Grouping(keys: keys, aggregates: []) }
    return Grouping(keys: keys, aggregates: try commaSeparated(Self.aggregate))
  }

  /// `aggregate = "count" , "(" , ")" , [ "as" , name ]
  ///            | ( "min" | "max" ) , "(" , expression , ")" , [ "as" , name ] ;`
  private static func aggregate(_ parser: inout Parser) throws(Diagnostic) -> Aggregate {
    let function = try parser.name("`count()`, `min(…)` or `max(…)`")
    guard let kind = Aggregate.Kind(rawValue: function.text) else {
      throw .unknownAggregate(function)
    }
    guard parser.current.kind == .symbol(.leftParenthesis) else {
      throw .expected("`(`", found: parser.current)
    }
    let value = try parser.bracketed(.rightParenthesis) { parser throws(Diagnostic) in
      kind == .count ? nil : try parser.expression()
    }
    let chosen = parser.takeWord("as") ? try parser.name("a name") : nil
    return Aggregate(kind: kind, name: chosen ?? standardName(kind, value, function), value: value)
  }

  /// `count`, or `min_updated_at`.
  private static func standardName(
    _ kind: Aggregate.Kind, _ value: Expression?, _ function: Name
  ) -> Name {
    guard case .name(let field) = value?.kind else { return function }
    return Name(text: "\(kind.rawValue)_\(field)", span: function.span)
  }
}

extension Diagnostic {
  fileprivate static func unknownAggregate(_ name: Name) -> Diagnostic {
    let known = Aggregate.Kind.allCases.map(\.rawValue)
    return Diagnostic(
      "C0114", "`\(name.text)` is not computed of groups", at: name.span,
      label: "no such aggregate",
      help: suggestion(for: name.text, among: known) ?? ["write `count()`, `min(…)` or `max(…)`"])
  }
}
