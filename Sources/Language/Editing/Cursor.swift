/// The cursor in a text that is being typed, and what the grammar allows there.
///
/// The parser records every word and construct that it looks for at the cursor, and then treats the
/// end of the text as whatever it needs. This completes the tree, so that the checker can examine
/// it like any other.
struct Cursor: Sendable {
  /// The offset in the ``SourceMap``. The text ends there, except for what closes open strings.
  let offset: Int
  /// The recorded places, in the order in which the parser looked for them.
  var expected: [Expected] = []
  /// `true` once the parser has assumed something at the cursor.
  var isPassed = false

  /// Something that is allowed at the cursor.
  enum Expected: Hashable, Sendable {
    case statement(isTopLevel: Bool)
    /// The source of a pipeline after `=` or `in`.
    case source
    /// The other rows of `diff`.
    case otherRows
    case stage
    case value
    /// The name after a dot.
    case member
    /// A field to set; the fields in `taken` can't be set again.
    case assignment(FieldWriter, taken: Set<String>)
    /// A comparison operator after the expression with this span.
    case comparison(after: SourceSpan)
    case connective(LogicalOperator, after: SourceSpan)
    case coalesce(after: SourceSpan)
    case arithmetic(after: SourceSpan)
    /// The comparison operator of `expect count`.
    case countComparison
    /// An aggregate of a group; the names in `taken` are already used.
    case aggregate(taken: Set<String>)
    case type(takesRows: Bool)
    case word(String)
    /// A setting of a test; those in `taken` can't be set again.
    case testSetting(taken: Set<String>)
    /// The name of a file with one of these extensions.
    case file([String])

    /// The span of the expression that would be the left side of an operator here.
    var operand: SourceSpan? {
      switch self {
      case .comparison(let span), .connective(_, let span), .coalesce(let span),
        .arithmetic(let span):
        span
      default: nil
      }
    }
  }
}

/// Records what is allowed at the cursor.
extension Parser {
  /// `true` iff the text is being typed and the parser has reached its end.
  var isBehindCursor: Bool { cursor != nil && terminal == .end }

  mutating func markExpected(_ expected: Cursor.Expected) {
    guard cursor != nil, isAtCursor(current) else { return }
    cursor?.expected.append(expected)
  }

  /// Records what is allowed after the current token.
  mutating func markExpectedNext(_ expected: Cursor.Expected) {
    guard cursor != nil, terminal != .end, isAtCursor(following) else { return }
    cursor?.expected.append(expected)
  }

  /// Treats the end of the text as whatever is required here. Returns `false` if the text isn't
  /// being typed or hasn't ended.
  mutating func passCursor() -> Bool {
    guard isBehindCursor else { return false }
    cursor?.isPassed = true
    return true
  }

  private func isAtCursor(_ token: Token) -> Bool {
    guard let cursor, !cursor.isPassed else { return false }
    return token.terminal == .end && token.span.start == cursor.offset
  }

  /// `true` iff the cursor is where a statement or setting can begin.
  private var isAtBeginning: Bool {
    cursor != nil && isAtCursor(current)
      && (position == 0 || tokens[position - 1].kind.endsOrOpens)
  }

  /// Records that a setting of a test can begin at the cursor.
  mutating func markTestSetting(taken: Set<String>) {
    guard isAtBeginning else { return }
    markExpected(.testSetting(taken: taken))
    _ = passCursor()
  }

  /// Returns an empty statement at the cursor, if one can begin there.
  mutating func typedStatement() -> Statement? {
    guard isAtBeginning else { return nil }
    markExpected(.statement(isTopLevel: openBlocks == 0))
    _ = passCursor()
    let source = Source(kind: .invalid, span: current.span)
    let pipeline = Pipeline(source: source, stages: [], span: current.span)
    return Statement(kind: .pipeline(pipeline), span: current.span)
  }
}

extension Token.Kind {
  /// `true` iff a statement can begin after the token.
  fileprivate var endsOrOpens: Bool {
    switch self {
    case .newline, .symbol(.semicolon), .symbol(.leftBrace): true
    default: false
    }
  }
}
