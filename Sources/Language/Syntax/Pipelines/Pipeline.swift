/// A source and the stages that its rows pass through.
package struct Pipeline: Sendable {
  package let source: Source
  package let stages: [Stage]
  package let span: SourceSpan
}
