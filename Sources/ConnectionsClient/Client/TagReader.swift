import API

/// Reads the tags of a workspace.
package protocol TagReader: Sendable {
  /// Returns all tags; `patience` watches every wait and may give up.
  func tags(_ patience: inout some RetryPolicy) async throws(ClientError) -> [Tag]
}
