import API
import JSON
import Language
import Text

/// Finds the connection of the workspace for each row, for `lookup`.
package struct Lookup {
  /// The fields by which connections can be found.
  static let keys = ["id", "external_id"]

  private let key: CheckedExpression
  private let span: SourceSpan
  private let connections: [[UInt8]: [Connection]]

  /// `workspace` holds every connection of the workspace, `key` reads the field of a row.
  package init(_ workspace: RowSet, by key: CheckedExpression, at span: SourceSpan)
    throws(RunError)
  {
    self.key = key
    self.span = span
    let field = Field.named(key.fieldsRead.first ?? "")
    do throws(FieldError) {
      var found: [[UInt8]: [Connection]] = [:]
      for connection in workspace.rows.compactMap(\.connection) {
        guard let value = try field.map(connection.value(of:)), !value.isNull else { continue }
        found[Array(value.text.utf8), default: []].append(connection)
      }
      connections = found
    } catch {
      throw RunError(.network, error.message, at: span)
    }
  }

  /// Returns a connection for each row, in the same order, with the row's other columns. Throws with
  /// exit 5 if a row has no key, if no connection or several have it, or if its application differs.
  package func found(_ set: RowSet, _ evaluator: Evaluator) throws(RunError) -> [Row] {
    let others = Self.others(of: set.schema)
    let application = set.schema.slot(of: "application")
    return try set.rows.mapping { row throws(RunError) in
      let connection = try connection(of: row, evaluator)
      if let own = application.flatMap({ try? row.value($0).string }) {
        try connection.requireApplication(own, at: span)
      }
      return Row(
        connection, added: others.map { (try? row.value($0)) ?? .null },
        lastOutcome: row.lastOutcome, place: row.place)
    }
  }

  private func connection(of row: Row, _ evaluator: Evaluator) throws(RunError) -> Connection {
    let value = try evaluator.value(key, row)
    let name = key.fieldsRead.first ?? ""
    let place = row.place.map { "\($0): " } ?? ""
    guard !value.isNull else {
      throw RunError(.guardRefused, "\(place)the row has no `\(name)`", at: span)
    }
    let candidates = connections[Array((value.number?.canonical ?? value.text).utf8)] ?? []
    if candidates.count == 1 { return candidates[0] }
    let shown = value.excerpt.escapingHiddenCharacters()
    throw candidates.isEmpty
      ? RunError(
        .guardRefused, "\(place)no connection has the \(name) \(shown)",
        help: "remove the row, or correct it", at: span)
      : RunError(
        .guardRefused,
        "\(place)\(candidates.count) connections have the \(name) \(shown): "
          + candidates.briefly(Connection.briefName), help: "look the rows up by id", at: span)
  }
}

// MARK: Columns

extension Lookup {
  /// The columns of a connection, followed by the row's other columns.
  static func schema(of rows: Schema) -> Schema {
    Schema(
      Schema.connections.columns + others(of: rows).map { rows.columns[$0] }, areConnections: true)
  }

  /// The columns of the row that aren't fields of a connection.
  private static func others(of rows: Schema) -> [Int] {
    rows.columns.indices.filter { Schema.connections.slot(of: rows.columns[$0].name) == nil }
  }

  /// Returns the number of rows whose own values differed from those of the connections that were
  /// found for them, and the fields. Both sets have the same order.
  package static func differences(_ before: RowSet, _ after: RowSet) -> (
    rows: Int, fields: [String]
  ) {
    let shared = before.schema.columns.indices.compactMap { slot in
      Schema.connections.slot(of: before.schema.columns[slot].name).map { (own: slot, found: $0) }
    }.filter { !RowDiff.derived.contains(after.schema.columns[$0.found].name) }
    var fields: Set<Int> = []
    let rows = zip(before.rows, after.rows).count { before, after in
      let differing = shared.filter { slots in
        guard let own = try? before.value(slots.own), let found = try? after.value(slots.found)
        else { return false }
        return !own.isNull && own != found
      }
      fields.formUnion(differing.map(\.found))
      return !differing.isEmpty
    }
    return (rows, fields.sorted().map { after.schema.columns[$0].name })
  }
}

extension Connection {
  /// Throws with exit 5 if the connection has another application than a row that names it: a
  /// connection never changes its application, so the row comes from another workspace.
  package func requireApplication(_ own: String, at span: SourceSpan) throws(RunError) {
    guard let theirs = member("application")?.string, own != theirs else { return }
    throw RunError(
      .guardRefused,
      "\(Connection.briefName(self)) is a connection to \(theirs) in this workspace, but to \(own) "
        + "in the rows", help: "do the rows come from another workspace?", at: span)
  }
}
