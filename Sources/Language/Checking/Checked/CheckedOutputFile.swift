/// The file that a stage writes.
package struct CheckedOutputFile: Sendable {
  package let path: CheckedExpression
  /// `true` iff the script says that an existing file may be replaced.
  package let replaces: Bool
}
