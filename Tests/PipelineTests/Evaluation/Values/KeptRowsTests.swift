import API
import Evaluation
import JSON
import TestSupport
import Testing

@Suite struct KeptRowsTests {
  /// A list of connections from 1, each with its tags.
  private static func connections(_ count: Int) throws -> [Connection] {
    let rows = (1...count).map { #"{"id":\#($0),"name":"n\#($0)","tags":["t"]}"# }
    let json = try JSONParser.parse(Array("[\(rows.joined(separator: ","))]".utf8))
    return (json.array ?? []).compactMap { Connection($0) }
  }

  @Test func fewRowsDoNotKeepTheTextOfALongList() throws {
    let connections = try Self.connections(100)
    let kept = RowSet(Array(connections[..<5])).kept
    #expect(kept.rows.allSatisfy { $0.connection?.object.row == nil })
    expectEqual(
      kept.rows.map { $0.connection?.object }, connections[..<5].map { Optional($0.object) })
    expectEqual(try kept.rows.map { try $0.value(1).string }, (1...5).map { "n\($0)" })
  }

  @Test func manyRowsStayWhereTheyAre() throws {
    let connections = try Self.connections(100)
    let kept = RowSet(Array(connections[..<7])).kept
    #expect(kept.rows.allSatisfy { $0.connection?.object.row != nil })
  }
}
