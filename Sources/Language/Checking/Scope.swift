/// The names that a text can use, and what is known of the surroundings.
package struct Scope: Sendable {
  package var variables: [String: Variable] = [:]
  package var definitions: [String: KnownDefinition] = [:]
  /// What is known of `it`; `nil` where there is no last result.
  package var lastResult: KnownRows?
  /// How often each value of a field occurs in the rows at hand; empty where none are.
  package var values: [String: [String: Int]] = [:]
  /// Tells what columns a data file has.
  package var files: @Sendable (String) -> FileSchema
  /// Reads a file that `use` names.
  package var texts: @Sendable (String) -> TextFile

  /// A name bound by `let`, `param` or `for`.
  package struct Variable: Sendable {
    package let type: ValueType
    package let isNullable: Bool
    package let known: Literal?
    /// `true` iff the command line, or the call of a definition, gives the value.
    package let isParameter: Bool
    /// What is known of the rows, where it stands for some.
    package let rows: KnownRows?
    /// What a `let` binds, where that is a value.
    var value: CheckedExpression?
    /// Where its value, or those of the rounds of a loop, are written.
    var written: CheckedExpression?
    /// What stands for the parameter of a definition in one of its calls.
    let argument: CheckedExpression?
    /// The place of the name that binds it.
    var origin: SourceSpan?

    package init(
      _ type: ValueType, nullable: Bool = false, known: Literal? = nil, isParameter: Bool = false,
      rows: KnownRows? = nil
    ) {
      self.init(
        type, nullable: nullable, known: known, isParameter: isParameter, rows: rows, argument: nil)
    }

    init(_ type: ValueType, argument: CheckedExpression, rows: KnownRows?) {
      self.init(
        type, nullable: argument.isNullable, known: argument.literal,
        isParameter: argument.literal != nil || argument.isGiven, rows: rows, argument: argument)
    }

    /// The variable that the name leads to, where it is the parameter of a definition.
    var referent: String? {
      if case .variable(let name, _) = argument?.kind { name } else { nil }
    }

    private init(
      _ type: ValueType, nullable: Bool, known: Literal?, isParameter: Bool, rows: KnownRows?,
      argument: CheckedExpression?
    ) {
      self.type = type
      self.isNullable = nullable
      self.known = known
      self.isParameter = isParameter
      self.rows = rows
      self.argument = argument
    }
  }

  /// What is to be known of a data file before the run.
  package enum FileSchema: Sendable {
    case schema(Schema)
    /// Why the file cannot be read, for a person.
    case problem(String)
  }

  /// The bytes of a script's file.
  package enum TextFile: Sendable {
    case bytes([UInt8])
    /// Why the file cannot be read, for a person.
    case problem(String)
  }

  package init(
    files: @escaping @Sendable (String) -> FileSchema,
    texts: @escaping @Sendable (String) -> TextFile = { .problem("no file `\($0)`") }
  ) {
    self.files = files
    self.texts = texts
  }
}
