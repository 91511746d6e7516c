/// The completions at the cursor, based on what the parser and the checker know about the text
/// before it.
package struct Completion: Sendable {
  /// The byte range that a candidate replaces: from the start of the word at the cursor to its end;
  /// in a string, from after the quote to the cursor.
  package let replaced: Range<Int>
  /// The candidates that begin with the word typed so far, in table order.
  package let candidates: [Candidate]
  /// The kind of candidates that the caller can look up in addition.
  package let lookup: Lookup?

  /// A request for candidates that are in no table: file names, and values from the workspace.
  package struct Lookup: Hashable, Sendable {
    package let subject: Subject
    /// The text typed so far, without quotes and escapes.
    package let prefix: String
    package let quoting: Quoting
    /// The quote that ends the string; empty if it follows the cursor, or if there is no string.
    package var closing = ""

    package enum Subject: Hashable, Sendable {
      /// A file with one of these extensions, without the dot.
      case file(endings: [String])
      /// A value of a connection's field or of a column, given by name.
      case value(field: String)
    }

    /// The way a result must be quoted.
    package enum Quoting: Hashable, Sendable {
      /// It is between `"` quotes and needs their escapes.
      case escaped
      /// It is between `'` quotes and can't contain one.
      case raw
      /// It isn't quoted yet; anything but a number needs quotes.
      case none
    }
  }

  /// Completes the text of `input` at a byte offset, based on the text before it; text after the
  /// cursor is ignored. If nothing can be offered, there are no candidates.
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
      Lookup(
        subject: $0, prefix: word.prefix, quoting: word.quoting,
        closing: word.closing(before: input.bytes[cursor...]))
    }
  }
}
