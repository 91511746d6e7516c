/// `for x in … { … }`.
package struct Loop: Sendable {
  package let variable: Name
  package let source: LoopSource
  package let body: Block

  package enum LoopSource: Sendable {
    case pipeline(Pipeline)
    case expression(Expression)
  }
}
