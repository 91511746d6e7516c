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
