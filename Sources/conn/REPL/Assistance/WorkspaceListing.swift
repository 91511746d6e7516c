import API
import Inspection
import Language
import Simulator
import Synchronization
import Text

/// The workspace as it was last listed, for completion, previews and `:why`.
final class WorkspaceListing: Sendable {
  struct Contents: Sendable {
    var connections: [Connection] = []
    /// `true` iff it contains all connections of the workspace.
    var isWhole = false
    /// Time of the list; `nil` if nothing has been listed yet.
    var time: Timestamp?
    /// The workspace's tags; empty until a script has read them.
    var tags: [Tag] = []
    fileprivate var index: ValueIndex?
    fileprivate var values: [String: [String: Int]] = [:]
    fileprivate var number = 0
  }

  private let contents = Mutex(Contents())
  let clock: any HostClock
  /// The applications that earlier sessions listed.
  private let applications: [String]

  init(_ clock: any HostClock, applications: [String] = []) {
    (self.clock, self.applications) = (clock, applications)
  }

  var now: Contents { contents.withLock { $0 } }

  /// The known values of each field, for the checker; empty until they have been counted.
  var values: [String: [String: Int]] { contents.withLock { $0.values } }

  /// Returns the values that complete a lookup. If nothing has been listed, these are the statuses, and
  /// the applications of earlier sessions.
  func candidates(for lookup: Completion.Lookup, limit: Int) -> [Candidate] {
    contents.withLock { contents in
      let known = contents.time == nil ? ["application": applications] : [:]
      var index =
        contents.index ?? ValueIndex(contents.connections, tags: contents.tags, known: known)
      defer { contents.index = index }
      return index.candidates(for: lookup, limit: limit)
    }
  }

  /// A part of the workspace that hasn't been read yet.
  enum Missing { case connections, tags }

  /// Returns what a lookup needs and the listing lacks; `nil` if nothing was left unread.
  func missing(for lookup: Completion.Lookup) -> Missing? {
    guard case .value(let name) = lookup.subject, let field = Field.named(name), field.isCounted
    else { return nil }
    let now = now
    if field.origin == .tagList { return now.tags.isEmpty ? .tags : nil }
    return !now.isWhole && candidates(for: lookup, limit: 1).isEmpty ? .connections : nil
  }

  /// Forgets the values after a write, which may have made new ones.
  func forgetValues() { contents.withLock { $0.values = [:] } }

  /// The source of the values, such as `from the last list (58 connections, 3 min ago)`.
  var ageText: String? {
    let now = now
    return now.time.map {
      "from the last list (\(now.connections.count.counted("connection")), "
        + "\(Age.text(since: $0, at: clock.instant())))"
    }
  }

  func forget() { contents.withLock { $0 = Contents(number: $0.number + 1) } }

  /// Stores a list, but a partial one never replaces a complete one.
  func store(_ connections: [Connection], isWhole: Bool, at time: Timestamp) {
    let taken = contents.withLock { contents -> Contents? in
      guard isWhole || !contents.isWhole else { return nil }
      let number = contents.number + 1
      contents = Contents(
        connections: connections, isWhole: isWhole, time: time, tags: contents.tags, number: number)
      return contents
    }
    guard let taken else { return }
    guard connections.count > Self.maxAtOnce else { return prepare(taken) }
    Task.detached(priority: .utility) { self.prepare(taken) }
  }

  /// Stores the workspace's tags, whose titles complete words from now on.
  func store(_ tags: [Tag]) {
    contents.withLock { contents in
      contents.tags = tags
      contents.index = nil
    }
  }

  /// Longer lists are indexed in the background, so that the user needn't wait.
  private static let maxAtOnce = 10_000

  /// Indexes the values in advance, so that no key press has to wait for it.
  private func prepare(_ taken: Contents) {
    var index = ValueIndex(taken.connections, tags: taken.tags)
    index.prepare()
    let values = taken.isWhole ? KnownValues.of(taken.connections) : [:]
    contents.withLock { [index] contents in
      guard contents.number == taken.number else { return }
      (contents.index, contents.values) = (index, values)
    }
  }
}
