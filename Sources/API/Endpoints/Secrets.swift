import Text

/// The secret values of a run. As with an ``APIToken``, neither description nor mirror
/// reveals them.
package struct Secrets: Sendable {
  let values: [SecretReference: String]

  package static let none = Secrets([:])

  package init(_ values: [SecretReference: String]) { self.values = values }

  func value(of reference: SecretReference) -> String? { values[reference] }
}

extension Secrets: CustomStringConvertible, CustomReflectable {
  package var description: String { "‹\(values.count.counted("secret"))›" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
