import API
import Evaluation
import JSON
import Language
import Text

/// A page about the tags of rows: the number of connections with each tag, in all and in each state.
package struct TagsPage: Sendable {
  private let set: RowSet

  package init(_ set: RowSet) { self.set = set }

  /// Returns the page, ending with a newline. A `width` of `nil` means no limit.
  package func text(style: TextStyle = .plain, width: Int? = nil) -> String {
    let connections = set.rows.compactMap(\.connection)
    guard !connections.isEmpty else { return "no connections\n" }
    let loaded = connections.filter { $0.member("tags") != nil }
    guard !loaded.isEmpty else {
      return "these rows were loaded without tags; use the rows of a whole `list`\n"
    }
    let tags = Set(loaded.flatMap(\.tagBytes)).count
    let tagged = loaded.count { !$0.tagBytes.isEmpty }
    let foot =
      "\(tags.counted("tag")) on \(tagged) of \(loaded.count.counted("connection"))"
    return TableWriter(style: style, width: width, summary: foot).text(cells(loaded))
  }

  private func cells(_ connections: [Connection]) -> Cells {
    var counts: [[UInt8]: TagCount] = [:]
    var untagged = TagCount(tag: "(no tag)")
    for connection in connections {
      let tags = connection.tagBytes
      if tags.isEmpty { untagged.add(connection) }
      for tag in tags {
        counts[tag, default: TagCount(tag: String(decoding: tag, as: UTF8.self))].add(connection)
      }
    }
    let sorted = counts.values.sorted { $0.precedes($1) } + (untagged.all > 0 ? [untagged] : [])
    let others = counts.values.contains { $0.by[.other] != nil } || untagged.by[.other] != nil
    let states = TagCount.State.allCases.filter { $0 != .other || others }
    return Cells(
      header: ["tag", "connections"] + states.map(\.rawValue),
      rows: sorted.map { count in
        [.string(count.tag)]
          + ([count.all] + states.map { count.by[$0] ?? 0 }).map { .int(Int64($0)) }
      })
  }
}

/// The number of connections with a tag, by state.
private struct TagCount {
  let tag: String
  private(set) var all = 0
  private(set) var by: [State: Int] = [:]

  /// The states, of which each connection has one: the first that fits.
  enum State: String, CaseIterable {
    case connected, lost, failed, exception
    /// It has never been connected.
    case never
    case other
  }

  init(tag: String) { self.tag = tag }

  mutating func add(_ connection: Connection) {
    all += 1
    by[connection.state, default: 0] += 1
  }

  /// Orders tags by number of connections, most used first, then by name.
  func precedes(_ other: TagCount) -> Bool {
    all != other.all ? all > other.all : tag.utf8.lexicographicallyPrecedes(other.tag.utf8)
  }
}

extension Connection {
  /// The connection's tags as bytes, without duplicates.
  fileprivate var tagBytes: Set<[UInt8]> {
    Set((member("tags")?.array ?? []).compactMap(\.string).map { Array($0.utf8) })
  }

  fileprivate var state: TagCount.State {
    if holds("connected", { $0.bool ?? false }) { return .connected }
    if holds("connection_lost_at", { !$0.isNull }) { return .lost }
    guard let status = member("authorization_status")?.string else { return .never }
    return TagCount.State(rawValue: status) ?? .other
  }

  /// Returns `true` iff the field can be decoded and its value satisfies the condition.
  fileprivate func holds(_ name: String, _ condition: (Value) -> Bool) -> Bool {
    guard let field = Field.named(name), let value = try? self.value(of: field) else {
      return false
    }
    return condition(value)
  }
}
