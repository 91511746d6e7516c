import Evaluation

/// Creates run directories. Source: `$XDG_STATE_HOME/conn/runs`.
package protocol RunStore: Sendable {
  /// Creates the directory of a new run and syncs it.
  func create() throws(DiskError) -> any RunDirectory

  /// Returns the text without secrets; it stays valid JSON.
  func masking(_ text: String) -> String
}

extension RunStore {
  package func masking(_ text: String) -> String { text }
}

/// The files of one run.
package protocol RunDirectory: Sendable {
  /// The run's name, as commands take it; `nil` for a run that is not stored.
  var id: String? { get }
  /// Appends to the journal and syncs it; the bytes survive a crash once it returns.
  func append(_ bytes: [UInt8]) throws(DiskError)
  /// Creates a file beside the journal and syncs it.
  func write(_ name: String, _ bytes: [UInt8]) throws(DiskError)
  func read(_ name: String) throws(DiskError) -> [UInt8]
  /// Throws if the journal's name no longer leads to the journal that is being written.
  func requireInPlace() throws(DiskError)
}

extension RunDirectory {
  package func requireInPlace() throws(DiskError) {}
}
