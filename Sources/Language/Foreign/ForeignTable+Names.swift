extension ForeignTable {
  /// Functions of other languages.
  static let functions = ForeignTable(
    [
      "len": "length", "size": "length", "strlen": "length", "char_length": "length",
      "tolower": "lower", "to_lower": "lower", "lcase": "lower", "ascii_downcase": "lower",
      "toupper": "upper", "to_upper": "upper", "ucase": "upper", "ascii_upcase": "upper",
      "strip": "trim", "gsub": "replace", "sub": "replace", "getenv": "env", "isempty": "empty",
      "substr": "substring", "mid": "substring", "tonumber": "int", "toint": "int",
      "tolong": "int", "parseint": "int", "removeprefix": "remove_prefix",
      "ltrimstr": "remove_prefix", "removesuffix": "remove_suffix", "rtrimstr": "remove_suffix",
      "getdate": "now", "utcnow": "now", "current_timestamp": "now", "curdate": "today",
    ],
    explained: [
      "write `name starts with \"…\"`": ["startswith", "starts_with"],
      "write `name ends with \"…\"`": ["endswith", "ends_with"],
      "write `name matches \"…\"`": ["test", "regexp_like", "match"],
      "write `a ?? b`": ["coalesce", "ifnull", "nvl"],
      "write `name == null`": ["isnull", "is_null"],
      "write `name != null`": ["isnotnull"],
      "write `not empty(…)`": ["isnotempty"],
      "write `f\"{a} {b}\"`": ["concat", "strcat"],
      "write `f\"{…}\"`": ["tostring"],
      "write `if … then … else …`": ["iif", "iff"],
      "write a date as `@2026-01-31`": ["datetime", "todatetime"],
      "write `now() - 90d`, or `ago(90d)`": ["date_sub", "dateadd"],
      "write `now() - created_at`": ["datediff"],
      "write `has any […]`": ["any"],
      "write `has all […]`": ["all"],
    ])

  /// Names of fields that people expect on a connection, and the words of other languages for
  /// literals and calls.
  static let names = ForeignTable(
    [
      "status": "authorization_status", "state": "authorization_status",
      "auth_status": "authorization_status", "error": "authorization_error",
      "error_message": "authorization_error", "folder": "folder_id", "parent": "parent_id",
      "project": "project_id", "app": "application", "adapter": "application",
      "connector": "application", "created": "created_at", "updated": "updated_at",
      "modified": "updated_at", "modified_at": "updated_at", "last_modified": "updated_at",
      "connected_at": "authorized_at", "lost_at": "connection_lost_at",
      "reason": "connection_lost_reason", "is_connected": "connected", "tag": "tags",
      "connection_id": "id", "connection_name": "name", "title": "name", "external": "external_id",
      "nil": "null", "none": "null", "undefined": "null", "NULL": "null", "TRUE": "true",
      "FALSE": "false", "now": "now()", "today": "today()", "current_timestamp": "now()",
      "current_date": "today()",
    ],
    explained: [
      "write `today() - 1d`": ["yesterday"],
      "write `today() + 1d`": ["tomorrow"],
      "write `connected`, or compare `authorization_status`": ["active"],
      "write `not connected`": ["disconnected"],
      "write a duration such as `90d`": ["interval"],
      "write `desc` after the field: `sort by name desc`": ["descending"],
      "write `if … then … else …`": ["case"],
    ])

  /// Returns the entry of a name, if what it means exists in rows of this schema.
  static func name(_ name: String, in schema: Schema) -> Spelling? {
    guard let spelling = names.named(name) else { return nil }
    guard let meant = spelling.meant, meant.isName else { return spelling }
    return schema.slot(of: meant) == nil ? nil : spelling
  }

  /// Returns the entry of a name that is a literal or a call here.
  static func value(_ name: String) -> Spelling? {
    names.named(name).flatMap { $0.meant?.isName == false ? $0 : nil }
  }

  /// Variables of other languages.
  static let variables = ForeignTable(
    ["null": "null", "true": "true", "false": "false"],
    explained: [
      "a stage reads the fields of its rows by their names: `name`": ["_", "row"],
      "write `it` without `$`": ["it"],
    ])
}
