import API

/// Changes the workspace, one connection per call.
package protocol ConnectionWriter: Sendable {
  /// Sends the call once.
  func perform(_ call: WriteCall) async -> CallResult
}
