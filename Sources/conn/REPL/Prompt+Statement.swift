import Evaluation
import Language
import Planning

/// The meaning of a typed text, and the messages before the first one.
extension Prompt {
  /// Returns the statement that a text means: one that begins with `|` goes on from the last result.
  static func expanded(_ text: String) -> String {
    text.trimmed.hasPrefix("|") ? pipedSource + text : text
  }

  /// The source of a line that begins with `|`.
  static let pipedSource = "it "

  /// Returns the construct that a statement leaves open, so that another line follows.
  static func openConstruct(_ text: String) -> UnclosedDelimiter? {
    Parser.parse(SourceFile(name: Session.name, text: text), vocabulary: .standard).open
  }

  /// The message before the first session.
  static let firstHint = """
    A pipeline reads and changes connections: list where not connected | count
    Tab completes, C-x p previews the line, and conn asks before it writes.
    :help shows more, Ctrl-D leaves.
    """

  /// The warning about a history that is too large to be read as a whole.
  static func oversized(_ path: String) -> String {
    "warning: only the latest statements of the history are recalled, since it is larger than 2 MiB.\n"
      + "To begin a new one: mv \(path.shellQuoted) \((path + ".old").shellQuoted)"
  }
}
