/// A connection of the simulated workspace; it keeps all JSON fields, known or not.
package struct SimulatedConnection: Hashable, Sendable {
  package let id: Int64
  /// Every field visible to clients, including `id`.
  package private(set) var fields: [String: JSONValue]
  /// Facts known only to the simulator; never sent.
  package var facts: SimulatorFacts

  package init(id: Int64, fields: [String: JSONValue], facts: SimulatorFacts = SimulatorFacts()) {
    self.id = id
    self.fields = fields
    self.facts = facts
    self.fields["id"] = .integer(id)
  }

  /// The value of a field; `.null` if it is missing.
  package subscript(field: String) -> JSONValue {
    get { fields[field] ?? .null }
    set { fields[field] = newValue }
  }

  package var name: String? { self["name"].string }

  /// `true` iff it was never connected, or was disconnected.
  package var isDisconnected: Bool {
    self["authorized_at"] == .null && self["authorization_status"] == .null
  }
}
