import API
import JSON
import Language
import TestSupport
import Testing

@testable import Evaluation

/// Rows whose texts are compared differ in the same fields as rows whose values are.
@Suite struct RowDiffTests {
  private static let descriptions = ["null", #""a""#, #""\u0061""#, #""b""#, "1", #""""#]
  private static let tags = ["null", "[]", "[ ]", #"["t"]"#, #"["t","u"]"#, #"["t", "u"]"#]

  /// A list of connections, one for each description and tags; `shift` moves these by so many.
  private static func list(shift: Int) throws -> [Connection] {
    let objects = descriptions.indices.flatMap { first in
      tags.indices.map { second in
        let description = descriptions[(first + shift) % descriptions.count]
        let tags = tags[(second + shift / descriptions.count) % tags.count]
        return
          #"{"id":\#(first * 10 + second + 1),"name":"n","description":\#(description),"tags":\#(tags),"x":\#(shift)}"#
      }
    }
    let json = try JSONParser.parse(Array("[\(objects.joined(separator: ","))]".utf8))
    return (json.array ?? []).compactMap { Connection($0) }
  }

  private static func differences(_ rows: [Connection], _ other: [Connection]) throws -> [[Value]] {
    let found = try RowDiff.between(RowSet(rows), and: RowSet(other))
    return try found.rows.map { row in try found.schema.columns.indices.map { try row.value($0) } }
  }

  @Test func textsAndValuesDifferInTheSameFields() throws {
    let before = try Self.list(shift: 0)
    for shift in 0..<(Self.descriptions.count * Self.tags.count) {
      let after = try Self.list(shift: shift)
      #expect(after.allSatisfy { $0.object.row != nil })
      let found = try Self.differences(after, before)
      expectEqual(found, try Self.differences(after.map(\.detached), before.map(\.detached)))
      #expect(found.isEmpty == (shift == 0), "\(shift)")
    }
  }

  @Test func addedAndRemovedRowsAreNamed() throws {
    let list = try Self.list(shift: 0)
    let found = try Self.differences(list.dropFirst() + [], Array(list.dropLast()))
    expectEqual(found.map { $0[2] }, [.string("added"), .string("removed")])
    expectEqual(found.map { $0[0] }, [.int(56), .int(1)])
  }
}
