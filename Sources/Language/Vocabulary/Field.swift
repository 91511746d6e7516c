/// A field of a connection: its type, how the server can filter by it, and which calls write it.
///
/// Source: the page "Connections" of the API documentation (list response, create and update
/// payloads).
package final class Field: Sendable {
  package let name: String
  package let type: ValueType
  package let isNullable: Bool
  package let origin: Origin
  /// An alternative name in the language; also the name in request bodies.
  package let alias: String?
  package let pushdown: Pushdown?
  package let writtenBy: Set<FieldWriter>
  package let help: String
  /// The values of a text that can have no others.
  package let values: [String]

  /// The origin of the value in a row.
  package enum Origin: Sendable {
    /// The list response, under the field's name.
    case answer
    /// Computed from other fields or from the whole response.
    case derived
    /// Computed from `tags` and the workspace's list of tags.
    case tagList
    /// None: the field is sent, but never returned.
    case requestOnly
  }

  /// The way the server can filter a list by the field.
  package enum Pushdown: Hashable, Sendable {
    /// `==` becomes the query parameter of the field's name.
    case equality
    /// `>` and `>=` become the query parameter `updated_after`.
    case updatedAfter
    /// Reading the field at all requires `includes[]=tags`.
    case includesTags
  }

  private init(
    _ name: String, _ type: ValueType, nullable: Bool = false, _ origin: Origin = .answer,
    alias: String? = nil, pushdown: Pushdown? = nil, writtenBy: Set<FieldWriter> = [],
    values: [String] = [], help: String
  ) {
    self.name = name
    self.type = type
    self.isNullable = nullable
    self.origin = origin
    self.alias = alias
    self.pushdown = pushdown
    self.writtenBy = writtenBy
    self.help = help
    self.values = values
  }
}

extension Field {
  /// All fields in the order of the API's response; derived and write-only fields come last.
  package static let table: [Field] = [
    Field("id", .int, help: "number of the connection"),
    Field("name", .string, writtenBy: [.create, .update], help: "name; not unique"),
    Field(
      "application", .string, alias: "provider", writtenBy: [.create],
      help: "application it connects to, such as \"salesforce\""),
    Field("description", .string, nullable: true, help: "free text; the API can't set it"),
    Field("authorized_at", .timestamp, nullable: true, help: "when the credentials were accepted"),
    Field(
      "authorization_status", .string, nullable: true, values: ["success", "failed", "exception"],
      help: "\"success\", \"failed\", \"exception\"; null for a shell that was never connected"),
    Field(
      "authorization_error", .string, nullable: true, help: "why the credentials were rejected"),
    Field("created_at", .timestamp, help: "when it was created"),
    Field("updated_at", .timestamp, pushdown: .updatedAfter, help: "when it was last changed"),
    Field(
      "external_id", .string, nullable: true, pushdown: .equality,
      writtenBy: [.create, .update], help: "your own identifier, usually for the owner"),
    Field(
      "folder_id", .int, nullable: true, pushdown: .equality, writtenBy: [.create, .update],
      help: "folder or project that contains it"),
    Field("connection_lost_at", .timestamp, nullable: true, help: "when the connection was lost"),
    Field("connection_lost_reason", .string, nullable: true, help: "why the connection was lost"),
    Field(
      "parent_id", .int, nullable: true, pushdown: .equality, writtenBy: [.create, .update],
      help: "connection of the same application that it inherits from"),
    Field("project_id", .int, nullable: true, help: "project, if the API returns it"),
    Field(
      "tags", .list(.string), nullable: true, pushdown: .includesTags,
      help: "handles of its tags, such as \"tag-ANgeffPL-3gxQwA\""),
    Field(
      "tag_titles", .list(.string), nullable: true, .tagList, pushdown: .includesTags,
      help: "titles of its tags, such as \"Accounting\"; needs a call that lists all tags"),
    Field(
      "connected", .bool, .derived,
      help: "status is \"success\", and it hasn't been lost since it was authorized"),
    Field(
      "raw", .json, .derived,
      help: "complete object from the API; `raw.some_field` reads a field not listed here"),
    Field(
      "shell_connection", .bool, .requestOnly, writtenBy: [.create, .update],
      help: "true to skip testing the credentials"),
    Field(
      "input", .record, .requestOnly, writtenBy: [.create, .update],
      help: "connection parameters, including credentials"),
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

  /// The fields that are present in a row.
  package static let readable = table.filter { $0.origin != .requestOnly }

  /// The fields that may hold credentials.
  static let confidential = table.filter(\.isConfidential)

  /// The name in request bodies.
  package var bodyName: String { alias ?? name }

  /// `true` iff values inside the field may be credentials, which may only be sent in a request.
  package var isConfidential: Bool { origin == .requestOnly && type == .record }
}

extension Schema {
  /// The schema of rows from `list` and `get`.
  package static let connections = Schema(
    Field.readable.map { Column($0.name, $0.type, nullable: $0.isNullable) },
    areConnections: true)
}
