/// Collects the candidates for the places that the parser recorded at the cursor, filtered by what
/// the checker knows there.
struct CompletionProvider {
  let expected: [Cursor.Expected]
  let completionContext: CompletionContext
  let vocabulary: Vocabulary
  /// The names in scope at the cursor.
  let scope: Scope
  private let isOfTestFile: Bool

  init(_ input: Analysis.Input, _ word: CompletionPrefix, vocabulary: Vocabulary, scope: Scope) {
    var sources = input.sources
    let file = sources.add(name: input.name, bytes: word.before)
    let cursor = file.base + word.start
    let (script, expected) = Parser.parse(file, vocabulary: vocabulary, upTo: cursor)
    let used = UsedFiles(
      script, name: input.name, vocabulary: vocabulary, scope: scope, sources: &sources)
    let completionContext = CompletionContext(
      cursor: cursor, operandSpans: Set(expected.compactMap(\.operand)))
    self.completionContext = Checker.completionContext(
      completionContext, of: script,
      in: Checker.Surroundings(vocabulary: vocabulary, scope: scope, used: used))
    self.expected = expected
    self.vocabulary = vocabulary
    isOfTestFile = input.name.hasSuffix(TestFileAnalysis.suffix)
    self.scope = self.completionContext.scope ?? scope
  }

  /// The file or value to look up, if one is needed.
  var subject: Completion.Lookup.Subject? {
    for case .file(let endings) in expected { return .file(endings: endings) }
    guard expected.contains(.value), let field = completionContext.field else { return nil }
    return .value(field: field)
  }

  /// The candidates, special words first, values last.
  var candidates: [Candidate] {
    let ranked = expected.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    return ranked.flatMap { candidates(for: $0.element) }
  }

  private func candidates(for expected: Cursor.Expected) -> [Candidate] {
    switch expected {
    case .statement where isOfTestFile: ["let", "test"].map { Candidate($0, .keyword) }
    case .statement(let isTopLevel): sources + statements(isTopLevel) + variables(isRows)
    case .source: sources + variables(isRows)
    case .otherRows: [Candidate("from", .keyword)] + lastResult + variables(isRows)
    case .stage: stages + definitions
    case .member: fields(of: completionContext.schema)
    case .assignment(let action, let taken): assignments(action, taken)
    case .comparison(let span): comparisons(after: completionContext.operands[span])
    case .connective(let connective, _):
      joinsConditions ? [Candidate(connective.rawValue, .operator)] : []
    case .coalesce(let span): coalesce(after: completionContext.operands[span])
    case .arithmetic(let span): arithmetic(after: completionContext.operands[span])
    case .countComparison: ComparisonOperator.counting.map { Candidate($0.rawValue, .operator) }
    case .aggregate(let taken):
      Aggregate.Kind.allCases.filter { $0 != .count || !taken.contains($0.rawValue) }
        .map { Candidate($0.call, .function) }
    case .type(let takesRows): types(takesRows)
    case .word("not"): completionContext.wanted.accepts(.bool) ? [Candidate("not", .keyword)] : []
    case .word(let word): [Candidate(word, .keyword)]
    case .value: values
    case .testSetting(let taken): testSettings(taken)
    case .file: []
    }
  }

  // MARK: Statements and stages

  private var sources: [Candidate] {
    Parser.sources.filter { $0 != "it" }.map { Candidate($0, .keyword) } + lastResult
  }

  private var lastResult: [Candidate] {
    scope.lastResult == nil ? [] : [Candidate("it", .keyword, "rows of the last result")]
  }

  private func statements(_ isTopLevel: Bool) -> [Candidate] {
    Parser.statementWords.filter { word in
      !(Parser.configurationWords + Parser.testWords).contains(word)
        && (isTopLevel || !Parser.topLevelWords.contains(word))
    }.map { Candidate($0, .keyword) }
  }

  /// The stages that the rows allow, those that write last.
  private var stages: [Candidate] {
    let allowed = vocabulary.stages.filter { completionContext.flow?.takes($0) ?? true }
    let (reads, writes) = (
      allowed.filter { $0.effect == .read }, allowed.filter { $0.effect > .read }
    )
    return (reads + writes).map { Candidate($0.name, .stage, $0.summary) }
  }

  private var definitions: [Candidate] {
    scope.definitions.sorted { $0.key < $1.key }.map { name, known in
      let parameters = known.definition.parameters.map { "\($0.name.text): \($0.type)" }
      return Candidate(
        name + (parameters.isEmpty ? "()" : "("), .definition,
        known.definition.documentation ?? "\(name)(\(parameters.joined(separator: ", ")))")
    }
  }

  private func assignments(_ action: FieldWriter, _ taken: Set<String>) -> [Candidate] {
    let takenFields = Set(taken.compactMap { Field.named($0)?.name })
    let fields = Field.table.filter {
      $0.writtenBy.contains(action) && !takenFields.contains($0.name)
    }
    let aliases = fields.compactMap { field in
      field.alias.map { Candidate("\($0) = ", .field, "alias of `\(field.name)`") }
    }
    return fields.map { Candidate("\($0.name) = ", .field, $0.help) } + aliases
  }

  private func testSettings(_ taken: Set<String>) -> [Candidate] {
    TestSetting.table.filter { !taken.contains($0.name) }
      .map { Candidate("\($0.name) = ", .field, $0.help) }
  }

  private func types(_ takesRows: Bool) -> [Candidate] {
    let rows = takesRows ? [ValueType.anyRows.description] : []
    return (ValueType.named.keys.sorted() + ["list<"] + rows).map { Candidate($0, .type) }
  }
}

extension Cursor.Expected {
  /// The rank of a kind of place when several apply at the cursor.
  fileprivate var rank: Int {
    switch self {
    case .value: 3
    case .word("not"): 4
    case .comparison: 1
    case .coalesce, .arithmetic: 2
    default: 0
    }
  }
}

extension RowType {
  /// Returns `true` iff the stage is allowed here, as far as the rows' columns say. A write to an
  /// unfiltered list is offered too: its error says how to narrow the list.
  fileprivate func takes(_ stage: StageDefinition) -> Bool {
    if schema.isOpen { return true }
    if stage.shape == .rows { return schema.slot(of: "id") != nil }
    if case .key(let fields) = stage.shape { return fields.contains { schema.slot(of: $0) != nil } }
    if stage.measures { return schema.measure != nil }
    guard stage.effect > .read else { return true }
    if deletedBy != nil && stage.shape != .creation { return false }
    return schema.areConnections || stage.shape == .creation
  }
}

extension Aggregate.Kind {
  fileprivate var call: String { self == .count ? "\(rawValue)()" : "\(rawValue)(" }
}
