import Language
import Simulator

/// Words for how long ago something happened, such as `3 min ago`.
enum Age {
  static func text(since time: Timestamp, at now: Timestamp) -> String {
    text(Double(now.microseconds - time.microseconds) / 1_000_000)
  }

  static func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<60: "just now"
    case ..<3600: "\(Int(seconds / 60)) min ago"
    case ..<86_400: "\(Int(seconds / 3600)) h ago"
    default: "\(Int(seconds / 86_400)) days ago"
    }
  }
}
