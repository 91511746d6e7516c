import API
import Inspection
import Language
import Simulator
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
    fileprivate var values: [String: [String: Int]] = [:]
    fileprivate var number = 0
  }

  private let contents = Mutex(Contents())

  var now: Contents { contents.withLock { $0 } }

  /// What the checker compares values with; nothing until it has been counted.
  var values: [String: [String: Int]] { contents.withLock { $0.values } }

  /// What completes a lookup of a value; nothing where nothing has been listed.
  func candidates(for lookup: Completion.Lookup, limit: Int) -> [Candidate] {
    contents.withLock { contents in
      var index = contents.index ?? ValueIndex(contents.connections)
      defer { contents.index = index }
      return index.candidates(for: lookup, limit: limit)
    }
  }

  /// What was written has made values that the listing does not know.
  func forgetValues() { contents.withLock { $0.values = [:] } }

  /// Where the values come from: `from the 58 connections that were listed 3 min ago`.
  var ageWords: String? {
    let now = now
    return now.time.map {
      "from the \(now.connections.count) connections that were listed \(Age.words(since: $0))"
    }
  }

  func forget() { contents.withLock { $0 = Contents(number: $0.number + 1) } }

  /// A part of the workspace takes the place of a part only.
  func take(_ connections: [Connection], isWhole: Bool, at time: Timestamp) {
    let taken = contents.withLock { contents -> Contents? in
      guard isWhole || !contents.isWhole else { return nil }
      let number = contents.number + 1
      contents = Contents(connections: connections, isWhole: isWhole, time: time, number: number)
      return contents
    }
    guard let taken else { return }
    guard connections.count > Self.mostAtOnce else { return prepare(taken) }
    Task.detached(priority: .utility) { self.prepare(taken) }
  }

  /// More connections are counted beside what the person does.
  private static let mostAtOnce = 10_000

  /// Counts the values, so that no key has to wait for it.
  private func prepare(_ taken: Contents) {
    var index = ValueIndex(taken.connections)
    index.prepare()
    let values = taken.isWhole ? KnownValues.of(taken.connections) : [:]
    contents.withLock { [index] contents in
      guard contents.number == taken.number else { return }
      (contents.index, contents.values) = (index, values)
    }
  }
}
