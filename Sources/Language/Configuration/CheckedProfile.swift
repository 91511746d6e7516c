/// A profile whose settings are known to be right; `nil` stands for what it does not say.
package struct CheckedProfile: Sendable {
  package let name: String
  package internal(set) var region: String?
  package internal(set) var host: String?
  /// Where the token is kept, as `secret("…")` names it.
  package internal(set) var token: String?
  package internal(set) var isProduction = false
  package internal(set) var isReadOnly = false
  /// A predicate over a connection, which reads no variable.
  package internal(set) var protect: CheckedExpression?
  package internal(set) var maxWrites: Int?
  package internal(set) var maxPercent: Int?
  package internal(set) var rate: Int?
  package internal(set) var output: String?

  init(name: String) { self.name = name }
}
