/// The terminal through which conn asks questions.
package protocol Terminal: Sendable {
  var isInteractive: Bool { get }
  /// The size of the screen that shows the questions; `nil` if it isn't known.
  var screen: ScreenSize? { get }
  /// Returns the answer, or `nil` if there is none.
  func ask(_ question: String) async -> String?
  /// Shows a text that is longer than the screen, and returns when the user has seen it.
  func view(_ text: String) async
}

/// The size of a terminal.
package struct ScreenSize: Sendable {
  package let columns: Int
  /// `nil` if a long text can't be shown page by page.
  package let rows: Int?

  package init(columns: Int, rows: Int?) {
    self.columns = columns
    self.rows = rows
  }
}
