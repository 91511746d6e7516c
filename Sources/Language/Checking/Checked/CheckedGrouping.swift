package struct CheckedGrouping: Sendable {
  package let keys: [CheckedColumn]
  package let aggregates: [CheckedAggregate]
}
