/// The facts about the rows behind a name that the text alone determines.
package final class KnownRows: Sendable {
  package let flow: RowType
  /// Warnings that apply if the rows are changed.
  let doubts: [Diagnostic]
  let negatedNullables: Set<String>

  init(flow: RowType, doubts: [Diagnostic], negatedNullables: Set<String>) {
    self.flow = flow
    self.doubts = doubts
    self.negatedNullables = negatedNullables
  }
}
