/// Parses the arguments of `group` and `distinct`.
extension Parser {
  /// `group = "group" , "by" , column , { "," , column } , [ "with" , aggregate , { "," , aggregate } ] ;`
  /// `distinct = "distinct" , "by" , column , { "," , column } ;`
  mutating func grouping(_ hasAggregates: Bool) throws(Diagnostic) -> Grouping {
    try expectBy()
    let keys = try columnList(Self.column)
    guard hasAggregates, consumeWord(.with) else { return Grouping(keys: keys, aggregates: []) }
    var taken = Set(keys.map(\.name.text))
    let aggregates = try commaSeparated { parser throws(Diagnostic) in
      parser.markExpected(.aggregate(taken: taken))
      let aggregate = try parser.aggregate()
      taken.insert(aggregate.name.text)
      return aggregate
    }
    return Grouping(keys: keys, aggregates: aggregates)
  }

  /// `aggregate = ( "count" , "(" , ")" | ( "min" | "max" ) , "(" , expression , ")" ) , [ "as" , word ] ;`
  private mutating func aggregate() throws(Diagnostic) -> Aggregate {
    let function = try name("`count()`, `min(…)` or `max(…)`")
    paint(function, .function)
    guard let kind = Aggregate.Kind(rawValue: function.text) else {
      throw .unknownAggregate(function)
    }
    let value = try bracketed(.leftParenthesis, .rightParenthesis) {
      parser throws(Diagnostic) in
      kind == .count ? nil : try parser.expression()
    }
    let chosen = consumeWord(.as) ? try name("a name") : nil
    return Aggregate(
      kind: kind, name: chosen ?? Self.standardName(kind, value, function), value: value)
  }

  private static func standardName(
    _ kind: Aggregate.Kind, _ value: Expression?, _ function: Name
  ) -> Name {
    Name(text: Aggregate.standardName(kind, value), span: function.span)
  }
}

extension Aggregate {
  /// Returns the default column name of an aggregate, such as `count` or `min_updated_at`.
  fileprivate static func standardName(_ kind: Kind, _ value: Expression?) -> String {
    guard case .name(let field) = value?.kind else { return kind.rawValue }
    return "\(kind.rawValue)_\(field)"
  }

  /// `true` iff the aggregate has its default name.
  var hasStandardName: Bool { name.text == Self.standardName(kind, value) }
}

extension Diagnostic {
  fileprivate static func unknownAggregate(_ name: Name) -> Diagnostic {
    let known = Aggregate.Kind.allCases.map(\.rawValue)
    return Diagnostic(
      "C0114", "unknown aggregate `\(name.text)`", at: name.span,
      label: "no such aggregate",
      help: suggestion(for: name.text, among: known) ?? ["use `count()`, `min(…)` or `max(…)`"])
  }
}
