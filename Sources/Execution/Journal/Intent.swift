import API
import Evaluation
import JSON
import Language
import Planning

/// The journal record of a call that is about to be sent.
package struct Intent: Hashable, Sendable {
  /// The write's place in the run, from 1.
  package let number: Int
  package let attempt: Int
  package let action: WriteAction
  package let method: String
  package let target: String
  /// The request body, with references in place of secrets.
  package let body: JSON?
  /// The connection before the write; `nil` for a create.
  package let before: JSON.Object?
  /// The fields of the row that the script's conditions read, with their values; only for reports.
  package let matched: JSON.Object
  /// A lower bound of the server's clock at the send, recorded for creates and
  /// for calls whose login is tested; `nil` if unknown.
  package var serverTime: Timestamp?
  /// The reason why the call is sent again, such as the server's error with its id.
  package var reason: String?

  package init(
    number: Int, attempt: Int, action: WriteAction, method: String, target: String, body: JSON?,
    before: JSON.Object?, matched: JSON.Object = JSON.Object(), serverTime: Timestamp? = nil,
    reason: String? = nil
  ) {
    (self.number, self.attempt, self.action) = (number, attempt, action)
    (self.method, self.target, self.body) = (method, target, body)
    (self.before, self.matched) = (before, matched)
    (self.serverTime, self.reason) = (serverTime, reason)
  }

  func isSameCall(as other: Intent) -> Bool {
    callText == other.callText
  }

  /// Bytes that identify the call: method, target and body.
  var callText: [UInt8] { Array("\(method) \(target)\n\(body?.text ?? "")".utf8) }
}

extension Intent {
  init(_ write: PlannedWrite, attempt: Int) {
    let request = write.call.request
    self.init(
      number: write.number, attempt: attempt, action: write.action,
      method: request.method.rawValue, target: request.target, body: request.body?.shown,
      before: write.connection?.withoutTitles.redacted, matched: write.matched.redacted)
  }
}
