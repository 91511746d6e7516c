/// Statements between braces; names bound inside end with the block.
package struct Block: Sendable {
  package let statements: [Statement]
  /// From brace to brace.
  package let span: SourceSpan
}
