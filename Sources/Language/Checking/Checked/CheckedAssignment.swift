package struct CheckedAssignment: Sendable {
  package let field: Field
  package let value: CheckedExpression
}

/// The fields of new connections, and what happens if one exists.
package struct CheckedCreation: Sendable {
  package let existing: ExistencePolicy
  package let assignments: [CheckedAssignment]
}
