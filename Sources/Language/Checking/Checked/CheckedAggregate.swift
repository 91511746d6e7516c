package struct CheckedAggregate: Sendable {
  package let kind: Aggregate.Kind
  package let name: String
  package let value: CheckedExpression?

  package init(kind: Aggregate.Kind, name: String, value: CheckedExpression?) {
    self.kind = kind
    self.name = name
    self.value = value
  }
}
