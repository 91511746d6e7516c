/// The variables that a text can name, and what is known of the surroundings.
package struct Scope: Sendable {
  package var variables: [String: Variable] = [:]
  /// The schema of `it`; `nil` where there is no last result.
  package var lastResult: Schema?
  /// Tells what columns a data file has.
  package var files: @Sendable (String) -> FileSchema

  /// A name bound by `let` or `param`.
  package struct Variable: Sendable {
    package let type: ValueType
    package let isNullable: Bool
    package let known: Literal?
    /// `true` iff the command line gives the value.
    package let isParameter: Bool

    package init(
      _ type: ValueType, nullable: Bool = false, known: Literal? = nil, isParameter: Bool = false
    ) {
      self.isParameter = isParameter
      self.type = type
      self.isNullable = nullable
      self.known = known
    }
  }

  /// What is to be known of a data file before the run.
  package enum FileSchema: Sendable {
    case schema(Schema)
    /// Why the file cannot be read, for a person.
    case problem(String)
  }

  package init(files: @escaping @Sendable (String) -> FileSchema) {
    self.files = files
  }
}
