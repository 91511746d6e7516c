/// A script whose names, types, effects and bounds are known to be right. Only the checker makes
/// one, and it does so only where there is no error.
package struct CheckedScript: Sendable {
  package let parameters: [CheckedParameter]
  package let statements: [CheckedStatement]
}
