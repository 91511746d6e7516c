/// A comparison as another language spells it.
struct ForeignOperator: Sendable {
  let meant: ComparisonOperator
  /// `true` iff the result is negated.
  let isNegated: Bool
  /// `true` iff the operator ignores case in the other language, and ours doesn't.
  let ignoresCase: Bool
  /// What to write, if replacing the operator isn't enough.
  let advice: String?

  private init(
    _ meant: ComparisonOperator, isNegated: Bool = false, ignoresCase: Bool = false,
    advice: String? = nil
  ) {
    self.meant = meant
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
    self.advice = advice
  }

  /// The operators by their spellings.
  private static let table: KeyValuePairs<String, ForeignOperator> = [
    // SQL, awk and Perl.
    "~": .init(.matches), "rlike": .init(.matches), "regexp": .init(.matches),
    "similar to": .init(.like), "ilike": .init(.like, advice: lowered("like")),
    "not ilike": .init(.like, isNegated: true, advice: lowered("like")),
    "!~": .init(.matches, isNegated: true), "is not": .init(.notEqual),
    "not like": .init(.like, isNegated: true), "not contains": .init(.contains, isNegated: true),
    "not has": .init(.has, isNegated: true), "not matches": .init(.matches, isNegated: true),
    "not starts with": .init(.startsWith, isNegated: true),
    "not ends with": .init(.endsWith, isNegated: true), "equals": .init(.equal),
    "eq": .init(.equal), "ne": .init(.notEqual), "gt": .init(.greater),
    "ge": .init(.greaterOrEqual), "gte": .init(.greaterOrEqual), "lt": .init(.less),
    "le": .init(.lessOrEqual), "lte": .init(.lessOrEqual), "includes": .init(.has),
    // KQL and Nushell.
    "=~": .init(
      .equal, advice: "write `matches` for a regular expression, or `==` for the same text"),
    "matches regex": .init(.matches), "has_any": .init(.hasAny), "has_all": .init(.hasAll),
    "startswith": .init(.startsWith, ignoresCase: true),
    "endswith": .init(.endsWith, ignoresCase: true),
    "starts_with": .init(.startsWith), "ends_with": .init(.endsWith),
    "starts-with": .init(.startsWith), "ends-with": .init(.endsWith),
    "startswith_cs": .init(.startsWith), "endswith_cs": .init(.endsWith),
    "contains_cs": .init(.contains), "has_cs": .init(.contains),
    "!contains": .init(.contains, isNegated: true, ignoresCase: true),
    "!has": .init(.has, isNegated: true, ignoresCase: true), "!in": .init(.isNotIn),
    "not-in": .init(.isNotIn), "not-contains": .init(.contains, isNegated: true),
    "!startswith": .init(.startsWith, isNegated: true, ignoresCase: true),
    "!endswith": .init(.endsWith, isNegated: true, ignoresCase: true),
    // PowerShell.
    "-eq": .init(.equal, ignoresCase: true), "-ne": .init(.notEqual, ignoresCase: true),
    "-gt": .init(.greater), "-ge": .init(.greaterOrEqual), "-lt": .init(.less),
    "-le": .init(.lessOrEqual), "-like": .init(.like, ignoresCase: true),
    "-notlike": .init(.like, isNegated: true, ignoresCase: true),
    "-match": .init(.matches, ignoresCase: true),
    "-notmatch": .init(.matches, isNegated: true, ignoresCase: true),
    "-contains": .init(.has, ignoresCase: true),
    "-notcontains": .init(.has, isNegated: true, ignoresCase: true),
    "-in": .init(.isIn, ignoresCase: true), "-notin": .init(.isNotIn, ignoresCase: true),
    "-ceq": .init(.equal), "-clike": .init(.like), "-cmatch": .init(.matches),
  ]

  private static func lowered(_ comparison: String) -> String {
    "operators don't ignore case; write `lower(name) \(comparison) \"…\"`"
  }

  /// The operators as a table of spellings.
  private static let spellings = ForeignTable(
    table.map { ForeignTable.Spelling($0, meant: $1.spelled) })

  private static let named = Dictionary(uniqueKeysWithValues: table.map { ($0, $1) })

  /// Returns the operator that stands at an offset, and its place.
  static func match(at offset: Int, in file: SourceFile) -> (ForeignOperator, ForeignTable.Match)? {
    guard let found = spellings.match(at: offset, in: file),
      let operation = named[found.spelling.written]
    else { return nil }
    return (operation, found)
  }

  /// The spelling here.
  private var spelled: String { isNegated ? "not … \(meant.rawValue) …" : meant.rawValue }
}

extension Diagnostic {
  /// Reports the operator `found` after a value that begins at `start`.
  static func foreign(
    _ operation: ForeignOperator, _ found: ForeignTable.Match, after start: Int
  ) -> Diagnostic {
    Diagnostic(
      "C0058",
      operation.advice == nil
        ? "`\(found.text)` is spelled `\(found.spelling.meant ?? "")` in conn"
        : "`\(found.text)` belongs to another language",
      at: found.span, label: "another language's operator",
      help: [operation.advice ?? found.spelling.help], fix: operation.fix(found, after: start))
  }
}

extension ForeignOperator {
  /// A negation that ignored case would select more rows here.
  fileprivate func fix(_ found: ForeignTable.Match, after start: Int) -> Diagnostic.Fix? {
    guard advice == nil else { return nil }
    let negation = Diagnostic.Edit(SourceSpan(start, start), "not ")
    let operation = Diagnostic.Edit(found.span, meant.rawValue)
    let selectsMore = ignoresCase && (isNegated || meant == .notEqual || meant == .isNotIn)
    return Diagnostic.Fix(
      found.spelling.help, isNegated ? [negation, operation] : [operation],
      isCertain: !ignoresCase, keepsSelection: !selectsMore)
  }
}
