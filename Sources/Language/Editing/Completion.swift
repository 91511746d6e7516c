/// What can stand where a person types, by what parser and checker know of the text before it.
package struct Completion: Sendable {
  /// The bytes of the text that a candidate takes the place of: from the start of the word at the
  /// cursor to its end, in a string from behind the quote to the cursor.
  package let replaced: Range<Int>
  /// Begin with the word so far, in the order of the tables.
  package let candidates: [Candidate]
  /// What further candidates the surroundings have.
  package let lookup: Lookup?

  /// Candidates that stand in no table: names of files, and values of the workspace.
  package struct Lookup: Hashable, Sendable {
    package let subject: Subject
    /// What has been written of it, without quotes and escapes.
    package let prefix: String
    package let quoting: Quoting

    package enum Subject: Hashable, Sendable {
      /// A file whose name ends with one of these, without the dot.
      case file(endings: [String])
      /// A value of a connection's field or of a column, by its name.
      case value(field: String)
    }

    /// How what is found is to be written.
    package enum Quoting: Hashable, Sendable {
      /// It stands between quotes `"`, whose escapes it needs.
      case escaped
      /// It stands between quotes `'`, and cannot hold one.
      case raw
      /// It needs quotes of its own, unless it is a number.
      case none
    }
  }

  /// Completes the text of `input` at an offset in its bytes, as the text before it says; what
  /// follows does not matter. Where nothing can be offered, there are no candidates.
  package init(_ input: Analysis.Input, at cursor: Int, vocabulary: Vocabulary, scope: Scope) {
    let cursor = cursor.clamped(to: 0...input.bytes.count)
    guard let word = CompletionPrefix(in: input.bytes, at: cursor) else {
      (replaced, candidates, lookup) = (cursor..<cursor, [], nil)
      return
    }
    let offers = CompletionProvider(input, word, vocabulary: vocabulary, scope: scope)
    replaced = word.replaced
    candidates = word.takesNames ? offers.candidates.matching(word.prefix).withoutDuplicates : []
    lookup = offers.subject.map {
      Lookup(subject: $0, prefix: word.prefix, quoting: word.quoting)
    }
  }
}
