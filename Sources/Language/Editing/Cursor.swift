/// Where a person types, and what the grammar lets stand there.
///
/// The parser notes each word and form that it looks for at the cursor, and then takes the end of
/// the text for whatever it wants, so that the tree is whole and the checker can look at it.
struct Cursor: Sendable {
  /// In the texts of the ``SourceMap``; the text ends there, but for what closes open strings.
  let offset: Int
  /// In the order in which the parser looked for them.
  var places: [Place] = []
  /// `true` once something has been taken to stand at the cursor.
  var isPassed = false

  /// One thing that can stand at the cursor.
  enum Place: Hashable, Sendable {
    case statement(isTopLevel: Bool)
    /// The source of a pipeline behind `=` or `in`.
    case source
    /// What `diff` compares with.
    case otherRows
    case stage
    case value
    /// The name behind a dot.
    case member
    /// A field that is set; those named before cannot be set again.
    case assignment(WriteAction, taken: Set<String>)
    /// An operator that compares the expression of this span.
    case comparison(after: SourceSpan)
    case connective(LogicalOperator, after: SourceSpan)
    case coalesce(after: SourceSpan)
    case arithmetic(after: SourceSpan)
    /// The comparison of `expect count`.
    case countComparison
    /// What is computed of groups, beside the columns named before.
    case aggregate(taken: Set<String>)
    case type(takesRows: Bool)
    case word(String)
    /// The name of a file with one of these endings.
    case file([String])

    /// The expression that an operator here would take for its left side.
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

/// Noting what can stand at the cursor.
extension Parser {
  /// `true` iff the text is one that is being typed, and has ended.
  var isBehindCursor: Bool { cursor != nil && current.kind == .end }

  mutating func note(_ place: Cursor.Place) {
    guard cursor != nil, isAtCursor(current) else { return }
    cursor?.places.append(place)
  }

  /// Notes what can stand behind the current token.
  mutating func noteFollowing(_ place: Cursor.Place) {
    guard cursor != nil, current.kind != .end, isAtCursor(following) else { return }
    cursor?.places.append(place)
  }

  /// Takes the end of the text for what is wanted here; `false` where it has not ended, or nobody
  /// types.
  mutating func passCursor() -> Bool {
    guard isBehindCursor else { return false }
    cursor?.isPassed = true
    return true
  }

  private func isAtCursor(_ token: Token) -> Bool {
    guard let cursor, !cursor.isPassed else { return false }
    return token.kind == .end && token.span.start == cursor.offset
  }

  /// Returns a statement without content at the cursor, where one can begin there.
  mutating func typedStatement() -> Statement? {
    guard cursor != nil, isAtCursor(current), place == 0 || tokens[place - 1].kind.endsOrOpens
    else { return nil }
    note(.statement(isTopLevel: openBlocks == 0))
    _ = passCursor()
    let source = Source(kind: .invalid, span: current.span)
    let pipeline = Pipeline(source: source, stages: [], span: current.span)
    return Statement(kind: .pipeline(pipeline), span: current.span)
  }
}

extension Token.Kind {
  /// `true` iff a statement can begin behind the token.
  fileprivate var endsOrOpens: Bool {
    switch self {
    case .newline, .symbol(.semicolon), .symbol(.leftBrace): true
    default: false
    }
  }
}
