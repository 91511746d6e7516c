/// `if condition { … } else { … }`.
package struct Branch: Sendable {
  package let condition: Expression
  package let then: Block
  package let otherwise: Otherwise?

  package indirect enum Otherwise: Sendable {
    case block(Block)
    /// `else if …`
    case branch(Branch)
  }
}
