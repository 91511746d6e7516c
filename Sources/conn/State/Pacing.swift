import API
import ConnectionsClient
import Evaluation
import Text

/// Makes the rate limiters that keep runs within the API's limits.
struct Pacing {
  let host: Host

  /// Makes a rate limiter, in calls per second. All processes with the same host and token share a
  /// call log, except for an embedded simulator, which only one process uses.
  func pacer(
    _ address: ServerAddress, _ token: APIToken, rate: Double = 1, isShared: Bool = true,
    isQuiet: Bool = false
  ) -> SharedRateLimiter {
    let store: any CallLogStore =
      !isShared
      ? MemoryCallLogStore()
      : FileCallLogStore(
        directory: host.state.path(to: "pace"), key: Self.key(address, token), boot: boot,
        clock: host.clock)
    return SharedRateLimiter(clock: host.clock, store: store, rate: rate) {
      [output = host.output] error in
      if !isQuiet { output.talk(Self.warning(error)) }
    }
  }

  private static func warning(_ error: CallLogStoreError) -> String {
    """
    warning: calls of other conn processes are not counted: \(error.message)
       = help: several processes together may exceed the API's limits; set XDG_STATE_HOME to a \
    writable directory of your own
    """
  }

  private static func key(_ address: ServerAddress, _ token: APIToken) -> String {
    Digest.sha256(Array("\(address.authority) \(token.fingerprint)".utf8))
  }

  /// The identifier of the current boot, from `/proc`; empty if it can't be read.
  private var boot: String {
    let bytes = (try? host.disk.read("/proc/sys/kernel/random/boot_id")) ?? []
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
