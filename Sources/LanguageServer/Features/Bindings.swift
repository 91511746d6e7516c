import Evaluation
import JSON
import Language

/// The names that a document binds with `let`, `param`, `def` and `for`, and where they are used.
struct Bindings {
  let all: [Binding]
  private let document: Document
  private let uses: [Use]
  private let named: [String: [Binding]]

  /// A use of a variable, or a call of a definition.
  private struct Use {
    let name: String
    let span: SourceSpan
    let isDefinition: Bool
  }

  init(_ document: Document) {
    self.document = document
    let file = document.file
    let script = Parser.parse(file, vocabulary: .standard).script
    all = BindingList(script, end: document.text.bytes.count).bindings
    named = Dictionary(grouping: all, by: \.text)
    let tokens = Lexer.lex(file).tokens.flatMap(\.flattened)
    let variables = tokens.compactMap { token -> Use? in
      guard case .variable(let name) = token.kind else { return nil }
      let span = SourceSpan(token.span.end - name.utf8.count, token.span.end)
      return Use(name: name, span: span, isDefinition: false)
    }
    let calls = zip(tokens, tokens.dropFirst()).compactMap { pipe, token -> Use? in
      guard pipe.kind == .symbol(.pipe), case .name(let name) = token.kind else { return nil }
      return Use(name: name, span: token.span, isDefinition: true)
    }
    uses = variables + calls
  }

  /// Returns the binding whose name, or a use of it, is at an offset.
  func binding(at offset: Int) -> Binding? {
    if let own = all.first(where: { $0.name.start <= offset && offset <= $0.name.end }) {
      return own
    }
    return use(at: offset).flatMap(binding)
  }

  private func use(at offset: Int) -> Use? {
    // A variable begins with its dollar.
    uses.first { use in
      use.span.start - (use.isDefinition ? 0 : 1) <= offset && offset <= use.span.end
    }
  }

  /// Returns the place where the name at an offset is bound, in the document or in one of the files
  /// that it uses.
  func definition(at offset: Int, _ files: some Sequence<SourceFile>) -> JSON? {
    if let own = binding(at: offset) { return document.location(own.name) }
    guard let use = use(at: offset), use.isDefinition else { return nil }
    return files.lazy.compactMap { Document($0) }
      .compactMap { Bindings($0).location(of: use.name) }.first
  }

  private func location(of definition: String) -> JSON? {
    named[definition]?.first { $0.kind == .definition }.map { document.location($0.name) }
  }

  /// Returns the uses of a binding in text order.
  func uses(of binding: Binding) -> [SourceSpan] {
    uses.filter { $0.name == binding.text && self.binding($0)?.name == binding.name }.map(\.span)
      .sorted { $0.start < $1.start }
  }

  private func binding(_ use: Use) -> Binding? {
    named[use.name]?.last { binding in
      (binding.kind == .definition) == use.isDefinition
        && binding.visible.contains(use.span.start)
    }
  }

  // MARK: Rename

  /// Returns the edits that give the name at an offset another text. Throws if the new one isn't a
  /// name, or is taken.
  func renaming(at offset: Int, to name: String) throws(ProtocolError) -> [Diagnostic.Edit] {
    guard let binding = binding(at: offset) else {
      throw .requestFailed("only names bound by let, param, def and for can be renamed")
    }
    try requireFree(name)
    return ([binding.name] + uses(of: binding)).map { Diagnostic.Edit($0, name) }
  }

  private func requireFree(_ name: String) throws(ProtocolError) {
    let tokens = Lexer.lex(SourceFile(name: "name", text: name)).tokens.map(\.kind)
    let isReserved =
      Keyword.reserved.contains { $0.rawValue == name } || Field.named(name) != nil
      || Vocabulary.standard.stage(name) != nil || Vocabulary.standard.function(name) != nil
    guard tokens.first == .name(name), tokens.dropFirst().allSatisfy({ $0 == .end }), !isReserved
    else { throw .requestFailed("`\(name.prefix(100))` can't be used as a name") }
    guard !all.contains(where: { $0.text == name }), !uses.contains(where: { $0.name == name })
    else { throw .requestFailed("the name `\(name.prefix(100))` is taken") }
  }
}

extension Token {
  /// The token; for an interpolated string, the tokens between its braces.
  var flattened: [Token] {
    guard case .interpolation(let segments) = kind else { return [self] }
    return segments.flatMap { segment -> [Token] in
      if case .expression(let tokens) = segment { tokens.flatMap(\.flattened) } else { [] }
    }
  }
}
