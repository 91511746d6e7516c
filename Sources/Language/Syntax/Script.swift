/// What the parser made of a text: its statements in order.
package struct Script: Sendable {
  package let statements: [Statement]
}
