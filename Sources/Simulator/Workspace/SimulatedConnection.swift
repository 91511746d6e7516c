/// One connection of the simulated workspace: its JSON fields as they are, known or not.
package struct SimulatedConnection: Hashable, Sendable {
  package let id: Int64
  /// Every field that clients may see, `id` among them.
  package private(set) var fields: [String: JSONValue]
  /// What only the simulator knows; never sent.
  package var facts: SimulatorFacts

  package init(id: Int64, fields: [String: JSONValue], facts: SimulatorFacts = SimulatorFacts()) {
    self.id = id
    self.fields = fields
    self.facts = facts
    self.fields["id"] = .integer(id)
  }

  /// The value of a field, `.null` where there is none.
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
