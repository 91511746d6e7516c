/// A configuration whose settings are known to be right.
package struct CheckedConfiguration: Sendable {
  package let profiles: [CheckedProfile]
  /// The profile that `default` names.
  package let standard: String?
}
