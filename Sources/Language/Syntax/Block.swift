/// Statements between braces; what they bind ends with them.
package struct Block: Sendable {
  package let statements: [Statement]
  /// From brace to brace.
  package let span: SourceSpan
}
