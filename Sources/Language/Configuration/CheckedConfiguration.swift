/// A configuration whose settings have been checked.
package struct CheckedConfiguration: Sendable {
  package let profiles: [CheckedProfile]
  /// The profile that `default` names.
  package let standard: String?
}
