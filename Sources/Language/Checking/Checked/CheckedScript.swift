/// A script whose names, types, effects and bounds have been checked. Only the checker creates one,
/// and only if there are no errors.
package struct CheckedScript: Sendable {
  package let parameters: [CheckedParameter]
  package let statements: [CheckedStatement]
}
