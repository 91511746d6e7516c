extension Analysis.Input {
  /// Returns `true` iff one of the statements is as wanted. Most texts needn't be parsed to see that
  /// none is, since a statement of that kind begins with `keyword`.
  func hasStatement(
    _ keyword: String, _ vocabulary: Vocabulary, _ isWanted: (Statement.Kind) -> Bool
  ) -> Bool {
    guard mentions(keyword) else { return false }
    let file = SourceFile(name: name, bytes: bytes)
    return Parser.parse(file, vocabulary: vocabulary).script.statements.contains {
      isWanted($0.kind)
    }
  }

  private func mentions(_ word: String) -> Bool {
    let word = Array(word.utf8)
    guard bytes.count >= word.count else { return false }
    return (0...bytes.count - word.count).contains { start in
      bytes[start] == word[0] && bytes[start..<start + word.count].elementsEqual(word)
    }
  }
}
