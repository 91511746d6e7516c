/// The facts about the rows behind a name that the text alone determines.
package struct KnownRows: Sendable {
  package let flow: RowType
  /// Warnings that apply if the rows are changed.
  let doubts: [Diagnostic]
  let negatedNullables: Set<String>
}
