import Glibc
import Language
import Simulator

/// The wall clock.
enum Clock {
  /// Returns the time in UTC as ISO 8601, with milliseconds.
  static func wallTime() -> String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let milliseconds = Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    return Timestamp(microseconds: milliseconds * 1_000).iso8601
  }

  /// Returns the instant given by an option, or the current time in whole seconds.
  static func instant(_ option: String?) -> Timestamp {
    if let option, let instant = Timestamp(iso8601: option) {
      return Timestamp(microseconds: instant.microseconds)
    }
    return Timestamp(microseconds: Int64(time(nil)) * 1_000_000)
  }
}
