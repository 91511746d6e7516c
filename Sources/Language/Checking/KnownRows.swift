/// What the text alone says of the rows that a name stands for.
package struct KnownRows: Sendable {
  package let flow: RowType
  /// Warnings that hold as soon as the rows are written to.
  let doubts: [Diagnostic]
  let negatedNullables: Set<String>
}
