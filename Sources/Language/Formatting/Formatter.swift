import Text

/// Formats a script in its canonical form, keeping its syntax tree and its comments.
///
/// A pipeline that fits on a line is written on one; a longer one has a line per stage, which
/// begins with the `|`. Redundant parentheses are removed, but `and` inside `or` always has some.
package struct Formatter {
  let file: SourceFile
  private var comments: PendingComments
  private var lines: [Line] = []
  /// The offset in the source up to which everything has been written.
  private var written: Int

  /// The maximum line width; longer pipelines are broken into lines.
  static let width = 80

  private struct Line {
    var text: String
    var comment: String?
  }

  /// The canonical text, or the reasons why there is none.
  package enum Output: Sendable {
    case text(String)
    /// `hidden` contains the literals that may be credentials.
    case problems([Diagnostic], hidden: [SourceSpan])
  }

  package static func format(_ file: SourceFile, vocabulary: Vocabulary) -> Output {
    let parsed = Parser.parse(file, vocabulary: vocabulary)
    guard !parsed.diagnostics.contains(where: \.isError) else {
      return .problems(parsed.diagnostics, hidden: parsed.confidential)
    }
    var formatter = Formatter(file, parsed.comments)
    formatter.addFirstLine()
    formatter.add(parsed.script.statements, indent: 0, end: file.span.end)
    return .text(formatter.text)
  }

  private init(_ file: SourceFile, _ comments: [Comment]) {
    self.file = file
    self.comments = PendingComments(comments)
    written = file.base
  }

  /// Adds the `#!` line unchanged, if there is one.
  private mutating func addFirstLine() {
    let line = String(file.text(file.line(1)).drop { $0 == "\u{FEFF}" })
    guard line.hasPrefix("#!") else { return }
    lines.append(Line(text: line))
    written = file.line(1).end
  }

  // MARK: Lines

  mutating func add(_ text: String, indent: Int) {
    lines.append(Line(text: indent == 0 ? text : String(repeating: " ", count: indent) + text))
  }

  mutating func extendLastLine(_ text: String) {
    if lines.isEmpty { lines.append(Line(text: "")) }
    lines[lines.count - 1].text += text
  }

  /// Adds statements line by line; several empty lines between them become one.
  mutating func add(_ statements: [Statement], indent: Int, end: Int) {
    add(statements.map(\.span), indent: indent, end: end) { formatter, index in
      let line = formatter.lines.count
      let documentation = formatter.consumeDocumentation(of: statements[index])
      formatter.add(statements[index], indent: indent)
      if let documentation { formatter.document(from: line, documentation) }
    }
  }

  /// Adds the items at `spans` using `add`, and the comments between them.
  mutating func add(
    _ spans: [SourceSpan], indent: Int, end: Int, _ add: (inout Formatter, Int) -> Void
  ) {
    var isFirst = lines.isEmpty || indent > 0
    for (index, span) in spans.enumerated() {
      addComments(before: span.start, indent: indent, isFirst: &isFirst)
      separate(span.start, isFirst)
      isFirst = false
      let line = lines.count
      add(&self, index)
      written = span.end
      addTrailingComment(after: span, firstLine: line)
    }
    addComments(before: end, indent: indent, isFirst: &isFirst)
  }

  /// Continues after an opening brace.
  mutating func begin(_ braces: SourceSpan) { written = braces.start + 1 }

  private mutating func separate(_ start: Int, _ isFirst: Bool) {
    guard !isFirst, written < start else { return }
    let between = file.bytes[(written - file.base)..<(start - file.base)]
    if between.count(where: { $0 == UInt8(ascii: "\n") }) > 1 { lines.append(Line(text: "")) }
  }

  private var text: String {
    let columns = commentColumns
    var text = ""
    text.reserveCapacity(file.bytes.count)
    for (index, line) in lines.enumerated() {
      text += line.text
      if let comment = line.comment {
        let gap = max(2, columns[index] - line.text.lastLineWidth)
        text += String(repeating: " ", count: gap) + comment
      }
      text += "\n"
    }
    return text
  }

  /// The columns of trailing comments, if there are any; those on neighbouring lines are aligned.
  private var commentColumns: [Int] {
    guard lines.contains(where: { $0.comment != nil }) else { return [] }
    var columns = Array(repeating: 0, count: lines.count)
    var start = 0
    while start < lines.count {
      let run = lines[start...].prefix { $0.comment != nil }
      let widest = run.map(\.text.lastLineWidth).max() ?? 0
      for index in run.indices { columns[index] = widest + 2 }
      start = run.endIndex + 1
    }
    return columns
  }

  // MARK: Comments

  /// Adds comments that have their own lines.
  private mutating func addComments(before end: Int, indent: Int, isFirst: inout Bool) {
    for comment in comments.consume(before: end) {
      separate(comment.span.start, isFirst)
      isFirst = false
      add(text(of: comment), indent: indent)
      written = comment.span.end
    }
  }

  /// Adds the comments inside a statement above it, because they can't keep their own lines.
  mutating func hoistComments(before end: Int, indent: Int) {
    for comment in comments.consume(before: end) { add(text(of: comment), indent: indent) }
  }

  /// Adds a trailing comment at the end of the last line.
  mutating func addTrailingComment(after end: Int) {
    guard let text = consumeTrailingComment(after: end), !lines.isEmpty else { return }
    lines[lines.count - 1].comment = text
  }

  /// Adds a trailing comment. After a one-line statement it stays on the first line, because it may
  /// document the statement.
  private mutating func addTrailingComment(after span: SourceSpan, firstLine: Int) {
    let newline = UInt8(ascii: "\n")
    let isOneLine = !file.bytes[(span.start - file.base)..<(span.end - file.base)].contains(newline)
    guard isOneLine, lines.indices.contains(firstLine), lines[firstLine].comment == nil else {
      return addTrailingComment(after: span.end)
    }
    lines[firstLine].comment = consumeTrailingComment(after: span.end)
  }

  /// Takes the trailing comment after `end`. Only punctuation that the formatter itself writes may
  /// come before it.
  mutating func consumeTrailingComment(after end: Int) -> String? {
    guard let comment = comments.first(after: end) else { return nil }
    let between = file.bytes[(end - file.base)..<(comment.span.start - file.base)]
    guard between.allSatisfy({ " \t,|;".utf8.contains($0) }) else { return nil }
    return consumeComments(in: comment.span).first
  }

  /// Takes a `##` comment inside the first line of a statement, which it documents.
  private mutating func consumeDocumentation(of statement: Statement) -> String? {
    switch statement.kind {
    case .parameter, .definition: break
    default: return nil
    }
    let line = file.line(file.position(of: statement.span.start).line)
    let span = SourceSpan(statement.span.start, min(line.end, statement.span.end))
    guard let comment = comments.firstDocumentation(in: span) else { return nil }
    return consumeComments(in: comment.span).first
  }

  /// Adds the documentation to the statement's own first line, not to a comment that was moved
  /// above it.
  private mutating func document(from line: Int, _ documentation: String) {
    let isComment: (Line) -> Bool = { $0.text.drop { $0 == " " }.hasPrefix("#") }
    guard let own = lines[line...].firstIndex(where: { !isComment($0) }) else { return }
    lines[own].comment = documentation
  }

  mutating func consumeComments(in span: SourceSpan) -> [String] {
    comments.consume(in: span).map { text(of: $0) }
  }

  func hasComment(in span: SourceSpan) -> Bool { comments.has(in: span) }

  /// Returns `true` iff there is a comment between two of the parts.
  func hasComment(between parts: [SourceSpan]) -> Bool {
    zip(parts, parts.dropFirst()).contains { comments.has(in: SourceSpan($0.end, $1.start)) }
  }

  private func text(of comment: Comment) -> String { file.text(comment.span).trimmingBlanks() }
}

/// The comments of a text that haven't been written yet, in text order.
private struct PendingComments {
  private let comments: [Comment]
  private var isConsumed: [Bool]
  /// All comments before this index have been taken.
  private var next = 0

  init(_ comments: [Comment]) {
    self.comments = comments
    isConsumed = comments.map { _ in false }
  }

  private func indices(in span: SourceSpan) -> [Int] {
    let start = comments.partitioningIndex { $0.span.start >= span.start }
    return comments[max(start, next)...].indices.prefix { comments[$0].span.start < span.end }
      .filter { !isConsumed[$0] }
  }

  func has(in span: SourceSpan) -> Bool { !indices(in: span).isEmpty }

  func firstDocumentation(in span: SourceSpan) -> Comment? {
    indices(in: span).map { comments[$0] }.first(where: \.isDocumentation)
  }

  func first(after end: Int) -> Comment? {
    let start = comments.partitioningIndex { $0.span.start >= end }
    return comments.indices.contains(start) && !isConsumed[start] ? comments[start] : nil
  }

  mutating func consume(before end: Int) -> [Comment] { consume(in: SourceSpan(0, end)) }

  mutating func consume(in span: SourceSpan) -> [Comment] {
    let indices = indices(in: span)
    for index in indices { isConsumed[index] = true }
    while next < isConsumed.count, isConsumed[next] { next += 1 }
    return indices.map { comments[$0] }
  }
}

extension String {
  /// The width of the last line in columns.
  fileprivate var lastLineWidth: Int {
    String(split(separator: "\n", omittingEmptySubsequences: false).last ?? "").displayWidth
  }
}
