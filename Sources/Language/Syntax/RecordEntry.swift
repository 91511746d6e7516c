/// `key: value` in a record.
package struct RecordEntry: Sendable {
  package let key: Name
  package let value: Expression
}
