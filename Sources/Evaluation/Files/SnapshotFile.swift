import API
import JSON
import Language

/// A data file as rows: connections if every record has the members of one, otherwise records.
package struct SnapshotFile: Sendable {
  package let set: RowSet

  /// Reads the file. Throws with the position of the first problem.
  package init(_ path: String, disk: any Disk) throws(DiskError) {
    try self.init(path, try disk.read(path))
  }

  /// Parses the file's current or recorded bytes.
  package init(_ path: String, _ bytes: [UInt8]) throws(DiskError) {
    guard let kind = FileKind(path: path) else {
      throw DiskError("unknown file type: `\(path)` (use .json, .jsonl or .csv)")
    }
    if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
      throw DiskError("`\(path)` is empty")
    }
    let objects = try Self.objects(bytes, kind, path)
    set = Self.rows(objects)
  }

  private static func objects(_ bytes: [UInt8], _ kind: FileKind, _ path: String)
    throws(DiskError) -> [JSON.Object]
  {
    switch kind {
    case .json: try array(bytes, path)
    case .jsonl: try lines(bytes, path)
    case .csv: try CSVReader.records(bytes, path).map(\.splittingLists)
    }
  }

  private static func array(_ bytes: [UInt8], _ path: String) throws(DiskError) -> [JSON.Object] {
    let json = try parse(bytes, path, lineOffset: 0)
    guard let values = json.array ?? json["result"]?.array else {
      throw DiskError("`\(path)` does not contain an array")
    }
    return try values.enumerated().map { $0 }.mapping { entry throws(DiskError) in
      guard let object = entry.element.object else {
        throw DiskError("`\(path)`: element \(entry.offset + 1) is not an object")
      }
      return object
    }
  }

  private static func lines(_ bytes: [UInt8], _ path: String) throws(DiskError) -> [JSON.Object] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var objects: [JSON.Object] = []
    for (number, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      guard let object = try parse(Array(line), path, lineOffset: number).object else {
        throw DiskError("`\(path)`:\(number + 1): not an object")
      }
      objects.append(object)
    }
    return objects
  }

  private static func parse(_ bytes: [UInt8], _ path: String, lineOffset: Int) throws(DiskError)
    -> JSON
  {
    do {
      return try JSONParser.parse(bytes)
    } catch {
      let position = SourceFile(name: path, bytes: bytes).position(of: error.offset)
      throw DiskError(
        "`\(path)`:\(position.line + lineOffset):\(position.column): \(error.message)")
    }
  }

  // MARK: Rows

  private static func rows(_ objects: [JSON.Object]) -> RowSet {
    let connections = objects.compactMap { object in
      object["name"] == nil ? nil : Connection(.object(object))
    }
    if connections.count == objects.count {
      return RowSet(.connections, connections.map { Row($0.renamingProvider) })
    }
    return records(objects)
  }

  private static func records(_ objects: [JSON.Object]) -> RowSet {
    var names: [String] = []
    for name in objects.flatMap({ $0.members.map(\.name) }) where !names.contains(name) {
      names.append(name)
    }
    let columns = names.map { name in column(name, objects.map { $0[name] ?? .null }) }
    let rows = objects.map { object in
      Row(
        values: columns.map { column in
          Value(object[column.name] ?? .null, as: column.type) ?? .null
        })
    }
    return RowSet(Schema(columns, areConnections: false), rows)
  }

  /// Returns the column with the narrowest type that all its values have.
  private static func column(_ name: String, _ values: [JSON]) -> Schema.Column {
    let present = values.filter { $0 != .null }
    let candidates = Field.named(name).map { [$0.type] } ?? []
    let type = (candidates + [.string, .int, .bool]).first { type in
      present.allSatisfy { $0.isExactly(type) }
    }
    return Schema.Column(name, type ?? .json, nullable: present.count < values.count)
  }
}

extension JSON.Object {
  /// The object with CSV lists, which are text joined by `;`, split into arrays.
  fileprivate var splittingLists: JSON.Object {
    var object = self
    for member in members {
      guard case .list = Field.named(member.name)?.type, let text = member.value.string else {
        continue
      }
      object.set(member.name, .array(text.split(separator: ";").map { .string(String($0)) }))
    }
    return object
  }
}

extension JSON {
  fileprivate func isExactly(_ type: ValueType) -> Bool {
    switch (type, self) {
    case (.string, .string), (.int, .int), (.bool, .bool): true
    case (.int, .string), (.timestamp, .string), (.list, .array), (.list, .string):
      Value(self, as: type) != nil
    default: false
    }
  }
}
