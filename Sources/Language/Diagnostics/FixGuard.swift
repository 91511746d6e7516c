/// Drops fixes that would change more than the text as it is written.
///
/// A fix may correct how a write is spelled, but it never brings one in: it doesn't add a stage that
/// writes, or a word such as `all` or `force` that lets one change more. If the text writes, a fix
/// doesn't select other rows either. Then only the help says what to write.
struct FixGuard {
  private let file: SourceFile
  private let writing: Set<String>
  private let writes: Bool

  init(_ file: SourceFile, _ vocabulary: Vocabulary) {
    self.file = file
    let stages = Set(vocabulary.stages.filter { $0.effect > .read }.map(\.name))
    writing = stages.union(Self.wideningWords)
    let tokens = Lexer.cut(file).tokens.map(\.kind)
    // Behind a `|`, any other word calls a definition, which may write.
    writes =
      tokens.contains { $0.word.map(stages.contains) ?? false }
      || zip(tokens, tokens.dropFirst()).contains { pipe, next in
        pipe == .symbol(.pipe) && next.word.map { vocabulary.stage($0) == nil } ?? false
      }
  }

  /// The words that let a pipeline read or change more.
  private static let wideningWords = ["all", "runtime", "force", "always"]

  func checked(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.map { $0.keepingFixes(isAllowed) }
  }

  private func isAllowed(_ fix: Diagnostic.Fix) -> Bool {
    (fix.keepsSelection || !writes) && fix.edits.allSatisfy(addsNoWrite)
  }

  private func addsNoWrite(_ edit: Diagnostic.Edit) -> Bool {
    var written = words(file.text(edit.span))
    return words(edit.replacement).allSatisfy { word in
      written.firstIndex(of: word).map { _ = written.remove(at: $0) } != nil
    }
  }

  /// Returns the words of a text that write or widen. `has all` is an operator.
  private func words(_ text: String) -> [String] {
    let words = Lexer.cut(SourceFile(name: "fix", text: text)).tokens.compactMap(\.kind.word)
    return zip(words, [""] + words).filter { $1 != "has" && writing.contains($0) }.map { $0.0 }
  }
}
