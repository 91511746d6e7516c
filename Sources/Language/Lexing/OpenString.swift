/// A string that a text ends inside of.
struct OpenString: Hashable, Sendable {
  let form: Form
  /// The place of what opens it.
  let start: Int

  enum Form: Hashable, Sendable {
    /// `"…`, with what it says so far.
    case escaped(String)
    /// `'…`, with what it says so far.
    case raw(String)
    /// `f"…`, in its text or in an expression between its braces.
    case interpolated(isInBraces: Bool)
  }
}
