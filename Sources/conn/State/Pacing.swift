import API
import ConnectionsClient
import Evaluation
import Glibc

/// Makes what keeps a run within the API's limits.
enum Pacing {
  /// All processes with one host and token share a ledger; an embedded simulator has no others.
  static func pacer(
    _ address: ServerAddress, _ token: APIToken, rate: Double = 1, isShared: Bool = true,
    isQuiet: Bool = false
  ) -> SharedRateLimiter {
    let store: any CallLogStore =
      !isShared
      ? MemoryCallLogStore()
      : FileCallLogStore(
        directory: StateDirectory.place("pace"), key: key(address, token), boot: boot,
        clock: SystemTimekeeper())
    return SharedRateLimiter(clock: SystemTimekeeper(), store: store, rate: rate) { error in
      if !isQuiet { StandardOutput.shared.talk(warning(error)) }
    }
  }

  private static func warning(_ error: CallLogStoreError) -> String {
    """
    warning: other conn processes are not taken into account: \(error.message)
       = help: without it, calls of several processes together may exceed the API's limits; \
    set XDG_STATE_HOME to a directory of your own that can be written
    """
  }

  private static func key(_ address: ServerAddress, _ token: APIToken) -> String {
    Digest.sha256(Array("\(address.authority) \(token.fingerprint)".utf8))
  }

  /// What another boot of the machine has another one of; nothing where the system does not tell.
  private static var boot: String {
    let bytes = (try? SystemDisk().read("/proc/sys/kernel/random/boot_id")) ?? []
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
