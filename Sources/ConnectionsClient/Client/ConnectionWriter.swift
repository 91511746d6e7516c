import API

/// Changes the workspace, one call at a time.
package protocol ConnectionWriter: Sendable {
  /// Sends the call once.
  func perform(_ call: WriteCall) async -> CallResult
}
