import Dispatch
import Glibc
import Synchronization

/// Does work on several processors at the same time.
package enum Parallel {
  private static let most = 8

  /// The number of parts into which to split work on `count` things, if a part should have `least` of
  /// them at the least.
  package static func parts(of count: Int, least: Int) -> Int {
    max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), most, count / least))
  }

  /// Returns what `body` returns for each index below `count`. Calls run at the same time.
  package static func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result)
    -> [Result]
  {
    if count == 1 { return [body(0)] }
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = body(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  /// Splits `0..<count` into parts of at least `least`, and returns what `body` returns for each.
  package static func map<Result: Sendable>(
    _ count: Int, least: Int, _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let parts = parts(of: count, least: least)
    return map(parts) { body(count * $0 / parts..<count * ($0 + 1) / parts) }
  }
}
