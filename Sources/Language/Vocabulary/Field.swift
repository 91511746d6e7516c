/// A field of a connection: what it is, where a comparison with it can be asked of the server, and
/// which calls write it.
///
/// Source: the API's page "Connections" (list answer, create and update payloads).
package struct Field: Sendable {
  package let name: String
  package let type: ValueType
  package let isNullable: Bool
  package let origin: Origin
  /// A second name in the language, which is also the name in request bodies.
  package let alias: String?
  package let pushdown: Pushdown?
  package let writtenBy: Set<WriteAction>
  package let help: String

  /// Where a row finds the value.
  package enum Origin: Sendable {
    /// In the list's answer, under the field's name.
    case answer
    /// Computed from other fields, or the answer as a whole.
    case derived
    /// Nowhere: it is sent, and never answered.
    case requestOnly
  }

  /// How the server can narrow a list by the field.
  package enum Pushdown: Hashable, Sendable {
    /// `==` becomes the query parameter of the field's name.
    case equality
    /// `>` and `>=` become the query parameter `updated_after`.
    case updatedAfter
    /// Any reading needs `includes[]=tags`.
    case includesTags
  }

  private init(
    _ name: String, _ type: ValueType, nullable: Bool = false, _ origin: Origin = .answer,
    alias: String? = nil, pushdown: Pushdown? = nil, writtenBy: Set<WriteAction> = [],
    help: String
  ) {
    self.name = name
    self.type = type
    self.isNullable = nullable
    self.origin = origin
    self.alias = alias
    self.pushdown = pushdown
    self.writtenBy = writtenBy
    self.help = help
  }
}

extension Field {
  /// Every field, in the order of the API's answer; what is derived or only sent comes last.
  package static let table: [Field] = [
    Field("id", .int, help: "the number of the connection"),
    Field("name", .string, writtenBy: [.create, .update], help: "its name; not unique"),
    Field(
      "application", .string, alias: "provider", writtenBy: [.create],
      help: "the application it connects to, such as \"salesforce\""),
    Field("description", .string, nullable: true, help: "a text; the API cannot write it"),
    Field("authorized_at", .timestamp, nullable: true, help: "when the credentials were accepted"),
    Field(
      "authorization_status", .string, nullable: true,
      help: "\"success\", \"failed\", \"exception\"; null for a shell that was never connected"),
    Field("authorization_error", .string, nullable: true, help: "why the credentials were refused"),
    Field("created_at", .timestamp, help: "when it was created"),
    Field("updated_at", .timestamp, pushdown: .updatedAfter, help: "when it was last changed"),
    Field(
      "external_id", .string, nullable: true, pushdown: .equality,
      writtenBy: [.create, .update], help: "an identifier of yours, usually of the owner"),
    Field(
      "folder_id", .int, nullable: true, pushdown: .equality, writtenBy: [.create, .update],
      help: "the folder or project that holds it"),
    Field("connection_lost_at", .timestamp, nullable: true, help: "when the connection was lost"),
    Field("connection_lost_reason", .string, nullable: true, help: "why the connection was lost"),
    Field(
      "parent_id", .int, nullable: true, pushdown: .equality, writtenBy: [.create, .update],
      help: "the connection of the same application that it inherits from"),
    Field("project_id", .int, nullable: true, help: "the project, where the API sends it"),
    Field(
      "tags", .list(.string), nullable: true, pushdown: .includesTags,
      help: "the handles of its tags, such as \"tag-ANgeffPL-3gxQwA\""),
    Field(
      "connected", .bool, .derived,
      help: "status is \"success\", and it was not lost since it was authorized"),
    Field(
      "raw", .json, .derived,
      help: "the object as received; `raw.some_field` reads what is not here"),
    Field(
      "shell_connection", .bool, .requestOnly, writtenBy: [.create, .update],
      help: "true: do not test the credentials"),
    Field(
      "input", .record, .requestOnly, writtenBy: [.create, .update],
      help: "the connection parameters, credentials among them"),
    Field(
      "oauth_token_pair", .record, .requestOnly, writtenBy: [.create],
      help: "access_token and refresh_token"),
  ]

  /// Returns the field with this name or alias.
  package static func named(_ name: String) -> Field? {
    byName[name]
  }

  private static let byName: [String: Field] = Dictionary(
    table.flatMap { field in [field.name, field.alias].compactMap { $0 }.map { ($0, field) } },
    uniquingKeysWith: { first, _ in first })

  /// The fields that a row has.
  package static let readable = table.filter { $0.origin != .requestOnly }

  /// The name in request bodies.
  package var bodyName: String { alias ?? name }

  /// `true` iff the field's leaves may be credentials: they go into a request and nowhere else.
  package var isConfidential: Bool { origin == .requestOnly && type == .record }
}

extension Schema {
  /// The schema of a list's rows.
  package static let connections = Schema(
    Field.readable.map { Column($0.name, $0.type, nullable: $0.isNullable) },
    areConnections: true)
}
