/// The names that a text can use, and what is known about its surroundings.
package struct Scope: Sendable {
  package var variables = NameTable<Variable>()
  package var definitions = NameTable<KnownDefinition>()
  /// The known facts about `it`; `nil` if there is no previous result.
  package var lastResult: KnownRows?
  /// Returns the values that a field has in the known rows; `nil` if there are no known rows.
  package var values: @Sendable (_ field: String) -> KnownFieldValues? = { _ in nil }
  /// Returns the columns of a data file.
  package var files: @Sendable (DataFile) -> FileSchema
  /// The environment variables that hold API tokens, which no script may read.
  package var tokenVariables: Set<String> = [tokenVariable]

  /// The variable that holds the token unless an option or a profile names another place.
  package static let tokenVariable = "WORKATO_API_TOKEN"

  /// Reads a file loaded with `use`.
  package var texts: @Sendable (String) -> TextFile

  /// A name bound by `let`, `param` or `for`.
  package struct Variable: Sendable {
    package let type: ValueType
    package let isNullable: Bool
    package let known: Literal?
    /// `true` iff the command line or the call of a definition provides the value.
    package let isParameter: Bool
    /// The known facts about the rows, if it holds rows.
    package let rows: KnownRows?
    /// The expression in which its value, or the list of a loop, is written.
    var written: CheckedExpression?
    /// `true` iff a `let` binds the written expression itself.
    var isLet = false
    /// `true` iff the value is a secret, or may hold one.
    var holdsSecret: Bool
    /// The argument that replaces the parameter of a definition in a call.
    let argument: CheckedExpression?
    /// The span of the name that binds it.
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

    /// The value that a `let` binds, if it is one.
    var value: CheckedExpression? { isLet ? written : nil }

    /// The caller's variable, if this is the parameter of a definition.
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
      holdsSecret = type.holdsSecret || argument?.holdsSecret ?? false
    }
  }

  /// The columns of a data file, or the reason why it can't be read.
  package enum FileSchema: Sendable {
    /// The columns, and the reason why the rows aren't connections, for a person.
    case schema(Schema, plainReason: String? = nil)
    /// A file that is only read when the script runs.
    case unknown
    /// The reason why the file can't be read, for a person.
    case problem(String)
    /// The place in the file that isn't as it must be, and why, for a person.
    case malformed(String)
  }

  /// The content of a script file, or the reason why it can't be read.
  package enum TextFile: Sendable {
    case bytes([UInt8])
    /// The reason why the file can't be read, for a person.
    case problem(String)
  }

  package init(
    files: @escaping @Sendable (DataFile) -> FileSchema,
    texts: @escaping @Sendable (String) -> TextFile = { .problem("no file `\($0)`") }
  ) {
    self.files = files
    self.texts = texts
  }
}
