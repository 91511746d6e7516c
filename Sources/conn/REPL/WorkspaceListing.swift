import ConnectionsClient
import Engine
import Language
import Synchronization

/// The workspace as it was last listed, for completion, previews and `:why`.
final class WorkspaceListing: Sendable {
  struct Contents: Sendable {
    var connections: [Connection] = []
    /// `true` iff all connections of the workspace are there.
    var isWhole = false
    /// When it was listed; `nil` is never.
    var time: Timestamp?
    fileprivate var index: ValueIndex?
    fileprivate var values: [String: [String: Int]]?
  }

  private let contents = Mutex(Contents())

  var now: Contents { contents.withLock { $0 } }

  /// What the checker compares values with.
  var values: [String: [String: Int]] {
    contents.withLock { contents in
      if contents.values == nil, contents.isWhole {
        contents.values = KnownValues.of(contents.connections)
      }
      return contents.values ?? [:]
    }
  }

  /// What completes a lookup of a value; nothing where nothing has been listed.
  func candidates(for lookup: Completion.Lookup, limit: Int) -> [Candidate] {
    contents.withLock { contents in
      var index = contents.index ?? ValueIndex(contents.connections)
      defer { contents.index = index }
      return index.candidates(for: lookup, limit: limit)
    }
  }

  /// Where the values come from: `from the 58 connections that were listed 3 min ago`.
  var ageWords: String? {
    let now = now
    return now.time.map {
      "from the \(now.connections.count) connections that were listed \(Age.words(since: $0))"
    }
  }

  func forget() { contents.withLock { $0 = Contents() } }

  /// A part of the workspace takes the place of a part only.
  func take(_ connections: [Connection], isWhole: Bool, at time: Timestamp) {
    contents.withLock { contents in
      guard isWhole || !contents.isWhole else { return }
      contents = Contents(connections: connections, isWhole: isWhole, time: time)
    }
  }
}

/// Lists, and keeps what it was answered.
struct ListingReader: ConnectionReader {
  let reader: any ConnectionReader
  let listing: WorkspaceListing

  var isRemote: Bool { reader.isRemote }

  func list(_ query: ListQuery) async throws(ClientError) -> [Connection] {
    let connections = try await reader.list(query)
    listing.take(connections, isWhole: !query.isFiltered, at: Clock.instant(nil))
    return connections
  }
}
