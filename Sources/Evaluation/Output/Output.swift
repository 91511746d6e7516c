/// The destination of output: results go to stdout, messages to stderr.
package protocol Output: Sendable {
  /// Writes results to stdout.
  func data(_ text: String)
  /// Writes a message line to stderr.
  func talk(_ line: String)
  /// Shows a progress line on stderr, on a terminal only. The next line replaces it; an empty one
  /// removes it.
  func progress(_ line: String)
  /// `true` iff `progress` shows something.
  var showsProgress: Bool { get }
}
