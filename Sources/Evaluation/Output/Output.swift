/// Where results and words go.
package protocol Output: Sendable {
  /// Writes results to stdout.
  func data(_ text: String)
  /// Writes a line for a person to stderr.
  func talk(_ line: String)
  /// Shows a line on stderr that the next one replaces, and an empty one takes away; on a terminal
  /// only.
  func progress(_ line: String)
  /// `true` iff `progress` shows something.
  var showsProgress: Bool { get }
}
