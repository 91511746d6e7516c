/// A person who can be asked.
package protocol Terminal: Sendable {
  /// `true` iff questions can be asked and answered.
  var isInteractive: Bool { get }
  /// Returns the answer, or `nil` where there is none.
  func ask(_ question: String) async -> String?
}
