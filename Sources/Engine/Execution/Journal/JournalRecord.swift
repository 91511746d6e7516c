import ConnectionsClient
import Language

/// A line of a run's journal, but for its time and the hash of the line before.
package enum JournalRecord: Hashable, Sendable {
  case start(RunStart)
  /// The run goes on; from here on another process writes.
  case resumed(version: String, token: String)
  /// The answer to this request, which the script was carried out on, is kept in a file of the run.
  case list(file: String, sha256: String, target: String)
  /// A file whose rows the script was carried out on; `file` is the run's own copy of it.
  case file(path: String, sha256: String, file: String?)
  /// The ids that there were before the first create.
  case known([Int64])
  case plan(RecordedPlan)
  /// Stored before the call leaves.
  case intent(Intent)
  case outcome(RecordedOutcome)
  /// `isComplete` iff nothing is left to go on with.
  case end(exitCode: Int32, isComplete: Bool, sentence: String?)
}

/// What a run was started with.
package struct RunStart: Hashable, Sendable {
  package var version: String
  package var command: String
  /// The script's name, as diagnostics call it.
  package var script: String
  /// SHA-256 of the script and of the files that it uses; of the plan file where one is applied.
  package var sha256: String
  /// `true` iff the script's text is kept beside the journal.
  package var keepsScript: Bool
  package var arguments: [String]
  /// The working directory, from which its files are named.
  package var workingDirectory: String
  package var now: String
  package var host: String
  /// Tells tokens apart; says nothing of them.
  package var token: String
  package var profile: String?
  /// What else decides how the run goes on, as options of the command line.
  package var options: [String]

  /// `false` iff nothing is kept of the text that the run could go on from.
  package var canGoOn: Bool { keepsScript || command == "run" && script != "stdin" }

  package init(
    version: String = Version.number, command: String, script: String, sha256: String,
    keepsScript: Bool, arguments: [String], workingDirectory: String = "/", now: String,
    host: String, token: String,
    profile: String?, options: [String]
  ) {
    self.version = version
    self.command = command
    self.script = script
    self.sha256 = sha256
    self.keepsScript = keepsScript
    self.arguments = arguments
    self.workingDirectory = workingDirectory
    self.now = now
    self.host = host
    self.token = token
    self.profile = profile
    self.options = options
  }
}

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

/// What became of a write.
package struct RecordedOutcome: Hashable, Sendable {
  package let number: Int
  package let kind: Outcome.Kind
  package let reason: String?
  package let status: Int?
  /// The connection as it is afterwards, where that is known.
  package let connection: JSON.Object?
  /// `false` for what is in doubt, what was never sent, and what ended the run, as a token that is
  /// not accepted does: a run that goes on takes it up again.
  package let isFinal: Bool

  package init(
    number: Int, kind: Outcome.Kind, reason: String?, status: Int?, connection: JSON.Object?,
    isFinal: Bool = true
  ) {
    self.number = number
    self.kind = kind
    self.reason = reason
    self.status = status
    self.connection = connection
    self.isFinal = isFinal && kind != .unknown && kind != .skipped
  }
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

extension RecordedOutcome {
  init(_ outcome: Outcome, number: Int, isFinal: Bool) {
    self.init(
      number: number, kind: outcome.kind, reason: outcome.reason, status: outcome.httpStatus,
      connection: outcome.connection?.object, isFinal: isFinal)
  }

  var outcome: Outcome {
    Outcome(
      kind, reason, status: status, connection: connection.flatMap { Connection(.object($0)) })
  }
}
