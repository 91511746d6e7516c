import API
import Evaluation
import Language

/// Whether a connection was made before a call, or by the time the server had given the call up.
enum Age {
  case older, newer
  /// The server's clock is not known, or two of its machines may disagree by as much; or it was made
  /// so late that the call must have left late to have made it.
  case open

  /// The clocks of the machines behind one server differ by no more, in microseconds.
  static let allowance: Int64 = 5_000_000
  static let longest = Int64(Executor.secondsBeforeReconciling * 1e6)
}

extension Connection {
  /// `instant` is no later than the call, by the server's clock.
  func age(against instant: Timestamp?) -> Age {
    guard let instant, let field = Field.named("created_at"),
      case .timestamp(let created)? = try? value(of: field)
    else { return .open }
    let age = created.microseconds - instant.microseconds
    if age < 0 { return age < -Age.allowance ? .older : .open }
    return age <= Age.longest ? .newer : .open
  }
}
