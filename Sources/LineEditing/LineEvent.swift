/// The way in which editing a line ended.
package enum LineEvent: Equatable, Sendable {
  case line(String)
  /// Ctrl-C: the line is abandoned.
  case abandoned
  /// Ctrl-D on an empty line, the end of the input, or a request to end.
  case end
}
