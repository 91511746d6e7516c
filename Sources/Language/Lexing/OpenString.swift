/// A string that is still open at the end of a text.
struct OpenString: Hashable, Sendable {
  let form: Form
  /// The offset of its opening quote.
  let start: Int

  enum Form: Hashable, Sendable {
    /// `"…`, with the text so far.
    case escaped(String)
    /// `'…`, with the text so far.
    case raw(String)
    /// `f"…`, either in its text or in an expression between braces.
    case interpolated(isInBraces: Bool)
  }
}
