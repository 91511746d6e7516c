import API

/// The exit codes. Their main purpose is to tell a calling script whether anything was changed.
package enum ExitCode: Int32, Sendable, CaseIterable {
  case success = 0
  case someFailed = 1
  case usage = 2
  case authentication = 3
  case notConfirmed = 4
  case guardRefused = 5
  case stalePlan = 6
  case limited = 7
  case network = 8
  case inDoubt = 9
  case internalError = 10
  case changesPlanned = 11
  case interrupted = 130
}

extension ExitCode {
  package init(_ error: ClientError) {
    switch error {
    case .unauthorized, .forbidden, .unprivileged, .webPage: self = .authentication
    case .limited, .unavailable, .comeBack, .tooLate, .usedUp: self = .limited
    case .interrupted: self = .interrupted
    default: self = .network
    }
  }

  /// `true` iff the code guarantees that nothing was changed.
  package var saysUnchanged: Bool {
    [.usage, .notConfirmed, .guardRefused, .changesPlanned].contains(self)
  }

  /// A one-line explanation for the help page.
  package var summary: String {
    switch self {
    case .success: "success, including when there was nothing to do"
    case .someFailed: "some rows were rejected or failed"
    case .usage: "usage, syntax, type or parameter error; nothing was changed"
    case .authentication: "no token, or the server rejected it (401, 403)"
    case .notConfirmed: "not confirmed, or declined; nothing was changed"
    case .guardRefused: "a guard or `expect` stopped the run"
    case .stalePlan: "the plan is expired, edited or already applied, or its targets have changed"
    case .limited: "rate limit, deadline or failure budget"
    case .network: "network failure"
    case .inDoubt: "at least one write is in doubt"
    case .internalError: "internal error"
    case .changesPlanned:
      "with `conn plan --detailed-exitcode`: the plan has changes; nothing was changed"
    case .interrupted: "interrupted"
    }
  }
}
