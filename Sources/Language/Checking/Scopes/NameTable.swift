import HashTreeCollections

/// Values by their names. Copies share what they have in common, so that every definition can keep the
/// names that it sees.
package struct NameTable<Value: Sendable>: Sendable, Sequence {
  package typealias Element = (key: String, value: Value)

  private var values: TreeDictionary<String, Value> = [:]

  package init() {}

  package subscript(name: String) -> Value? {
    get { values[name] }
    set { values[name] = newValue }
  }

  package var names: [String] { Array(values.keys) }

  package func makeIterator() -> some IteratorProtocol<Element> { values.makeIterator() }

  /// Takes over the values of another table; `combine` chooses where both have the name.
  package mutating func merge(_ other: NameTable, _ combine: (Value, Value) -> Value) {
    values.merge(other.values, uniquingKeysWith: combine)
  }

  /// Leaves out the names that aren't wanted.
  package mutating func keep(_ isWanted: (String) -> Bool) {
    values = values.filter { isWanted($0.key) }
  }
}
