import API
import Evaluation
import Language
import Text

/// An index of the values that fields have in a listing, for completion.
///
/// A field's values are counted and sorted on first use, and then cached.
package struct ValueIndex: Sendable {
  private let connections: [Connection]
  private var fields: [String: FieldValues] = [:]
  /// The names of the connections by id; built on first use.
  private var names: [Int64: String]?

  /// The tags of the workspace, as far as they are known.
  private let tags: TagDirectory
  /// Values of fields, by name, that are known without a list.
  private let known: [String: [String]]

  package init(_ connections: [Connection], tags: [Tag] = [], known: [String: [String]] = [:]) {
    self.known = known
    let directory = TagDirectory(tags)
    self.connections =
      tags.isEmpty ? connections : connections.map { $0.titled(by: directory) }
    self.tags = directory
  }

  /// A value as text, and the number of its occurrences in the listing.
  package struct Found: Hashable, Sendable {
    package let value: String
    package let count: Int
    /// The name of the connection with this id, if the value is an id in the listing, or the title of
    /// the tag with this handle.
    package let name: String?
  }

  /// Counts the values of every field in advance, so that no keystroke has to wait for it.
  package mutating func prepare() {
    for field in Field.table where field.isCounted { _ = counted(field) }
    _ = namesByID()
  }

  /// Returns the values of a field that start with `prefix`: most frequent first, ties in byte
  /// order. If there are none, ASCII letter case is ignored. Only fields of texts or whole numbers
  /// have values.
  package mutating func values(of field: String, prefix: String, limit: Int) -> [Found] {
    guard let field = Field.named(field), field.isCounted else { return [] }
    let counted = counted(field).most(prefix, limit)
    let names = field.holdsIDs ? namesByID() : [:]
    return counted.map { entry in
      Found(value: entry.value, count: entry.count, name: Int64(entry.value).flatMap { names[$0] })
    }
  }

  private mutating func counted(_ field: Field) -> FieldValues {
    if let known = fields[field.name] { return known }
    let counted = FieldValues(connections.lazy.flatMap { $0.texts(of: field) })
    fields[field.name] = counted
    return counted
  }

  private mutating func namesByID() -> [Int64: String] {
    if let names { return names }
    let made = Dictionary(
      connections.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    names = made
    return made
  }
}

extension ValueIndex {
  /// Returns the completions for a lookup of a value, quoted as it requires; empty for other
  /// lookups.
  package mutating func candidates(for lookup: Completion.Lookup, limit: Int = 100) -> [Candidate] {
    guard case .value(let name) = lookup.subject, let field = Field.named(name) else { return [] }
    let found = values(of: name, prefix: lookup.prefix, limit: limit)
    let others =
      tags(of: field, beside: found, lookup.prefix)
      + known(of: field, beside: found, lookup.prefix)
    return (found + others).prefix(limit).compactMap { found in
      guard let text = lookup.quoting.written(found.value, isNumber: field.type == .int) else {
        return nil
      }
      return Candidate(text, .value, found.detail)
    }
  }

  /// Returns the values that are known without a list, and that the list lacks.
  private func known(of field: Field, beside found: [Found], _ prefix: String) -> [Found] {
    let start = prefix.lowercased()
    return (field.values + (known[field.name] ?? [])).filter { value in
      value.lowercased().hasPrefix(start) && !found.contains { $0.value == value }
    }.map { Found(value: $0, count: 0, name: connections.isEmpty ? "" : nil) }
  }

  /// Returns the tags that no connection has, and those whose title is meant where a handle is needed.
  private func tags(of field: Field, beside found: [Found], _ prefix: String) -> [Found] {
    guard field.pushdown == .includesTags else { return [] }
    let isTitle = field.origin == .tagList
    let start = prefix.lowercased()
    return tags.tags.filter { tag in
      [tag.title, isTitle ? tag.title : tag.handle].contains { $0.lowercased().hasPrefix(start) }
    }.map { tag in
      Found(value: isTitle ? tag.title : tag.handle, count: 0, name: isTitle ? nil : tag.title)
    }.filter { tag in !found.contains { $0.value == tag.value } }
  }
}

extension ValueIndex.Found {
  /// The name of the connection, or the number of occurrences in the listing.
  fileprivate var detail: String {
    if let name { return name.escapingHiddenCharacters() }
    return count == 0 ? "no connection" : count.counted("connection")
  }
}

extension Completion.Lookup.Quoting {
  /// Returns the value as it is written in the source; `nil` if it can't be.
  fileprivate func written(_ value: String, isNumber: Bool) -> String? {
    switch self {
    case .none: isNumber ? value : value.quoted
    case .escaped: isNumber ? nil : String(value.quoted.dropFirst().dropLast())
    case .raw: isNumber || !value.canStandRaw ? nil : value
    }
  }
}

extension String {
  /// `true` iff the text can be put between `'` quotes unchanged.
  fileprivate var canStandRaw: Bool {
    !utf8.contains(UInt8(ascii: "'")) && !hasHiddenCharacters
  }
}

extension Field {
  /// `true` iff the values are texts or whole numbers, or lists of texts.
  package var isCounted: Bool {
    [.answer, .tagList].contains(origin) && [.string, .int, .list(.string)].contains(type)
  }

  /// `true` iff the values are ids of connections.
  fileprivate var holdsIDs: Bool { ["id", "parent_id"].contains(name) }
}

extension Connection {
  /// Returns the values of the field as texts; empty if the server sent a value of another type.
  func texts(of field: Field) -> [String] {
    guard let value = try? value(of: field), !value.isNull else { return [] }
    return value.elements?.compactMap(\.string) ?? [value.text]
  }
}
