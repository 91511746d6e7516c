/// A profile whose settings have been checked; settings that it doesn't contain are `nil`.
package struct CheckedProfile: Sendable {
  package let name: String
  package internal(set) var region: String?
  package internal(set) var host: String?
  /// The location of the token, as given in `secret("…")`.
  package internal(set) var token: String?
  /// The address of a proxy without credentials, or `none`.
  package internal(set) var proxy: String?
  /// An absolute path.
  package internal(set) var certificatePath: String?
  package internal(set) var isProduction = false
  package internal(set) var isReadOnly = false
  /// A predicate over a connection; it can't use variables.
  package internal(set) var protect: CheckedExpression?
  package internal(set) var maxWrites: Int?
  package internal(set) var maxPercent: Int?
  package internal(set) var rate: Int?
  package internal(set) var output: String?

  init(name: String) { self.name = name }
}
