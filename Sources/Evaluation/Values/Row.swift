import API
import JSON
import Language

/// One row: returns the value of a column by its position in the schema.
///
/// The fields of a connection are decoded only when they are read, since most columns of most rows
/// are never looked at.
package struct Row: Sendable {
  /// The connection of the row; it stays with the row after a `select`.
  package private(set) var connection: Connection?
  private var base: Base
  /// The values of the columns after those of the base.
  private var added: [Value]
  /// The outcome of the last action on the row; it stays with the row, whatever columns are
  /// selected.
  package private(set) var lastOutcome: Outcome.Kind?
  /// `true` iff the workspace is known not to list the connection in the row's state.
  package private(set) var isUnlisted = false
  /// The place of the row in its file; `nil` if it isn't from a file.
  package private(set) var place: RowPlace?

  private enum Base: Sendable {
    /// The readable fields of the row's connection, decoded when they are read.
    case ownFields
    /// The fields of a connection as it was.
    case fields(Connection)
    case values([Value])
  }

  package init(_ connection: Connection) {
    self.connection = connection
    self.base = .ownFields
    self.added = []
  }

  package init(
    values: [Value], connection: Connection? = nil, lastOutcome: Outcome.Kind? = nil,
    place: RowPlace? = nil
  ) {
    self.connection = connection
    self.base = .values(values)
    self.added = []
    self.lastOutcome = lastOutcome
    self.place = place
  }

  /// A connection's fields, followed by other columns.
  init(_ connection: Connection, added: [Value], lastOutcome: Outcome.Kind? = nil, place: RowPlace?)
  {
    self.connection = connection
    self.base = .ownFields
    self.added = added
    self.lastOutcome = lastOutcome
    self.place = place
  }

  /// Returns the row with the outcome of an action recorded.
  package func noting(_ outcome: Outcome.Kind) -> Row {
    var row = self
    row.lastOutcome = outcome
    return row
  }

  /// Returns the value of the column. Throws if the server sent a value of the wrong type.
  package func value(_ slot: Int) throws(FieldError) -> Value {
    if let source {
      return slot < Field.readable.count
        ? try source.value(of: Field.readable[slot])
        : try column(slot - Field.readable.count, of: added)
    }
    guard case .values(let values) = base else { return .null }
    return slot < values.count ? values[slot] : try column(slot - values.count, of: added)
  }

  /// The connection whose fields the row shows; `nil` if it has only chosen columns.
  private var source: Connection? {
    switch base {
    case .ownFields: connection
    case .fields(let connection): connection
    case .values: nil
    }
  }

  private func column(_ index: Int, of values: [Value]) throws(FieldError) -> Value {
    guard values.indices.contains(index) else {
      throw FieldError(message: "the rows have changed since the script was checked")
    }
    return values[index]
  }

  /// The row of JSON text that the fields are read from; `nil` if they weren't read from a list.
  var text: (rows: JSONRows, index: Int)? {
    switch base {
    case .ownFields: connection?.object.row
    case .fields(let connection): connection.object.row
    case .values: nil
    }
  }

  /// The values of the columns after the connection's own fields.
  package var addedValues: [Value] { added }

  /// `true` iff the row has all of its connection's fields.
  package var isWhole: Bool { source != nil }

  /// The row with its connection copied out of the JSON text; see ``JSON/Object/detached``.
  var detached: Row {
    var row = self
    if case .fields(let source) = base { row.base = .fields(source.detached) }
    row.connection = connection?.detached
    return row
  }

  /// Returns the row with the same values and the connection as the workspace now has it; `nil` if
  /// that is not known.
  package func standing(for present: Connection?) -> Row {
    var row = self
    if let source { row.base = .fields(source) }
    row.connection = present ?? connection
    row.isUnlisted = present == nil
    return row
  }

  /// Returns a whole row with another connection and other columns after the fields.
  package func replacing(_ connection: Connection?, added: [Value]) -> Row {
    guard let source else { return self }
    var row = Row(connection ?? source, added: added, place: place)
    if connection == nil { row = row.standing(for: self.connection) }
    row.isUnlisted = isUnlisted && connection == nil
    return row
  }
}

/// An error for a value that doesn't have the type of its column.
package struct FieldError: Error, Sendable {
  package let message: String
}

extension Row {
  /// Returns the row with the titles of its connection's tags.
  package func titled(by tags: TagDirectory) -> Row {
    var row = self
    if case .fields(let source) = base { row.base = .fields(source.titled(by: tags)) }
    row.connection = connection?.titled(by: tags)
    return row
  }
}

extension Connection {
  /// Decodes a field. Integers sent as strings, and the reverse, are accepted.
  package func value(of field: Field) throws(FieldError) -> Value {
    if field.origin == .derived {
      return field.type == .json ? .json(.object(withoutTitles)) : .bool(try isConnected())
    }
    guard let json = member(field.name), json != .null else {
      try requireTags(for: field)
      return .null
    }
    guard let value = Value(json, as: field.type) else {
      throw FieldError(
        message: "connection \(id): `\(field.name)` is \(json.text), which is not of type "
          + field.type.description)
    }
    return value
  }

  /// Throws for tags, or their titles, that were not loaded; they would look like "no tags".
  private func requireTags(for field: Field) throws(FieldError) {
    guard field.pushdown == .includesTags else { return }
    let isMissing =
      switch field.name {
      case "tags": member("tags") == nil
      case "tag_titles": member("tags") != .null
      default: false
      }
    guard isMissing else { return }
    throw FieldError(
      message: "connection \(id) was loaded without `\(field.name)`, so they can't be evaluated")
  }

  /// Returns `true` iff the status is "success" and the connection has not been lost since it was
  /// authorized.
  private func isConnected() throws(FieldError) -> Bool {
    guard member("authorization_status")?.string == "success" else { return false }
    guard let lost = try instant("connection_lost_at") else { return true }
    guard let authorized = try instant("authorized_at") else { return false }
    return lost < authorized
  }

  private func instant(_ name: String) throws(FieldError) -> Timestamp? {
    guard let field = Field.named(name), case .timestamp(let instant) = try value(of: field) else {
      return nil
    }
    return instant
  }
}

extension Value {
  /// Converts JSON to a value of the given type; `nil` if it doesn't have that type.
  package init?(_ json: JSON, as type: ValueType) {
    switch (type, json) {
    case (_, .null): self = .null
    case (.int, .int(let value)): self = .int(value)
    case (.int, .string(let digits)):
      // Every number of a connection is an id, which the API writes without sign and leading zeros.
      guard let value = Int64(digits), String(value) == digits else { return nil }
      self = .int(value)
    case (.string, .string(let value)): self = .string(value)
    case (.string, .int(let value)): self = .string(String(value))
    case (.string, .number(let lexeme)): self = .string(lexeme)
    case (.bool, .bool(let value)): self = .bool(value)
    case (.timestamp, .string(let text)):
      guard let value = Timestamp(iso8601: text) else { return nil }
      self = .timestamp(value)
    case (.list(let element), .array(let values)):
      let decoded = values.compactMap { Value($0, as: element) }
      guard decoded.count == values.count else { return nil }
      self = .list(decoded)
    case (.json, _): self = .json(json)
    default: return nil
    }
  }
}
