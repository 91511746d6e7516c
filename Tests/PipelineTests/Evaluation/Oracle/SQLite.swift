import JSON

/// The workspace as tables of SQLite, which reads the timestamps itself.
///
/// `c` has a column for each field, `tag` a row for each tag of a connection, `instant` one for
/// each timestamp.
enum SQLite {
  /// Returns a script that answers with a line for each predicate: the ids as a JSON array.
  static func script(_ workspace: RandomWorkspace, _ predicates: [String]) -> String {
    let rows = workspace.rows.flatMap { [connection($0)] + tags($0) }
    let queries = predicates.map { "select json_group_array(id) from c where \($0);" }
    let head = [tables, instants(workspace)]
    return (head + rows + [connections] + queries).joined(separator: "\n")
  }

  private static let columns =
    ["id"] + RandomWorkspace.textFields.filter { $0 != "provider" }
    + RandomWorkspace.numberFields + RandomWorkspace.instantFields + ["tags", "score"]

  private static let tables = """
    create table answer (\(columns.map { "\($0) \(type(of: $0))" }.joined(separator: ", ")));
    create table tag (id integer, text text);
    create table instant (text text primary key, microseconds integer);
    """

  /// The instants of the rows, their dates, and the present one.
  private static func instants(_ workspace: RandomWorkspace) -> String {
    let dates = workspace.instants.map { "\($0.prefix(10))T00:00:00Z" }
    return Set(workspace.instants + dates + [present]).sorted().map { text in
      "insert into instant values ('\(text)', \(microseconds(of: "'\(text)'")));"
    }.joined(separator: "\n")
  }

  private static func type(of column: String) -> String {
    if column == "score" { return "real" }
    return (["id"] + RandomWorkspace.numberFields).contains(column) ? "integer" : "text"
  }

  private static func connection(_ row: JSON) -> String {
    let values = columns.map { literal(row[$0] ?? .null) }
    return "insert into answer values (\(values.joined(separator: ", ")));"
  }

  private static func literal(_ value: JSON) -> String {
    switch value {
    case .int(let number): "\(number)"
    case .number(let lexeme): lexeme
    case .string(let text): text.sqlLiteral
    case .array: "'there'"
    default: "null"
    }
  }

  private static func tags(_ row: JSON) -> [String] {
    (row["tags"]?.array ?? []).compactMap(\.string).map { tag in
      "insert into tag values (\(row["id"]?.int ?? 0), \(tag.sqlLiteral));"
    }
  }

  private static let connections = """
    create table c as select
      \(columns.filter { !RandomWorkspace.instantFields.contains($0) }.joined(separator: ", ")),
      application as provider,
      \(RandomWorkspace.instantFields.map { "\($0) as \($0)_text" }.joined(separator: ", ")),
      \(RandomWorkspace.instantFields.map { "\(instant($0)) as \($0)" }.joined(separator: ",\n  "))
      from answer;
    alter table c add column connected;
    update c set connected = authorization_status is 'success'
      and (connection_lost_at is null or ifnull(connection_lost_at < authorized_at, 0));
    """

  // MARK: Instants

  /// The time on the clock of a ``PipelineFixture``.
  private static let present = "2026-01-31T10:00:00Z"
  static let now = instant("'\(present)'")

  /// Returns an expression for the microseconds since 1970 of a timestamp that the script knows.
  static func instant(_ text: String) -> String {
    "(select microseconds from instant where instant.text = \(text))"
  }

  /// Returns an expression for the midnight in UTC before an instant, also one before 1970.
  static func midnight(before instant: String) -> String {
    let day = 86_400_000_000
    return "(\(instant) - ((\(instant) % \(day)) + \(day)) % \(day))"
  }

  private static func microseconds(of text: String) -> String {
    let zone = "iif(\(text) like '%Z', 'Z', substr(\(text), -6))"
    let fraction = "substr(\(text), 21, max(0, length(\(text)) - 20 - length(\(zone))))"
    return "strftime('%s', substr(\(text), 1, 19) || \(zone)) * 1000000"
      + " + substr(\(fraction) || '000000', 1, 6)"
  }
}
