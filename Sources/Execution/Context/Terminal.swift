/// The terminal through which conn asks questions.
package protocol Terminal: Sendable {
  /// `true` iff the user can be asked.
  var isInteractive: Bool { get }
  /// Returns the answer, or `nil` if there is none.
  func ask(_ question: String) async -> String?
}
