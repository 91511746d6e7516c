import API
import Evaluation
import JSON
import Language
import Planning

/// A call that is about to leave.
package struct Intent: Hashable, Sendable {
  /// The write's place in the run, from 1.
  package let number: Int
  /// From 1.
  package let attempt: Int
  package let action: String
  package let method: String
  package let target: String
  /// With references in the place of secrets.
  package let body: JSON?
  /// The connection as it was; `nil` for a new one.
  package let before: JSON.Object?
  /// The server's clock showed no less; `nil` where it is not known, or of no use.
  package var serverTime: Timestamp?

  package init(
    number: Int, attempt: Int, action: String, method: String, target: String, body: JSON?,
    before: JSON.Object?
  ) {
    self.number = number
    self.attempt = attempt
    self.action = action
    self.method = method
    self.target = target
    self.body = body
    self.before = before
  }

  /// `true` iff the other is an attempt at the same call.
  func isSameCall(as other: Intent) -> Bool {
    callText == other.callText
  }

  /// The same bytes for the same call, and others for another one.
  var callText: [UInt8] { Array("\(method) \(target)\n\(body?.text ?? "")".utf8) }
}

extension Intent {
  init(_ write: PlannedWrite, number: Int, attempt: Int) {
    let request = write.call.request
    self.init(
      number: number, attempt: attempt, action: write.action.rawValue,
      method: request.method.rawValue, target: request.target, body: request.body?.shown,
      before: write.connection?.object)
  }
}
