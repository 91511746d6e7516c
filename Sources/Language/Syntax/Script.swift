/// A parsed text: its statements in order.
package struct Script: Sendable {
  package let statements: [Statement]
}
