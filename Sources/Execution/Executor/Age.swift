import API
import Evaluation
import Language

/// The age of a connection relative to a call in doubt.
enum Age {
  case older, newer
  /// Undecided: the server's clock is unknown, the difference is within ``allowance``, or the
  /// connection was created after the server must have given up on the call.
  case open

  /// Largest assumed difference between clocks of the machines behind one server, in microseconds.
  static let allowance: Int64 = 5_000_000
  static let longest = Int64(Executor.secondsBeforeReconciling * 1e6)
}

extension Connection {
  /// Compares the creation time with `instant`, the server's time at or before the call.
  func age(against instant: Timestamp?) -> Age {
    guard let instant, let field = Field.named("created_at"),
      case .timestamp(let created)? = try? value(of: field)
    else { return .open }
    let age = created.microseconds - instant.microseconds
    if age < 0 { return age < -Age.allowance ? .older : .open }
    return age <= Age.longest ? .newer : .open
  }
}
