import Evaluation

/// Where runs are kept: a directory each. Source: `$XDG_STATE_HOME/conn/runs`.
package protocol RunStore: Sendable {
  /// Makes the directory of a new run, durably.
  func create() throws(DiskError) -> any RunDirectory
}
