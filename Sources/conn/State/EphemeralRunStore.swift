import Evaluation
import Execution
import Glibc

/// Discards the runs of an embedded simulator, whose workspace is gone when the process ends.
struct EphemeralRunStore: RunStore {
  private struct Nothing: RunDirectory {
    var id: String? { nil }
    func append(_ bytes: [UInt8]) throws(DiskError) {}
    func write(_ name: String, _ bytes: [UInt8]) throws(DiskError) {}
    func read(_ name: String) throws(DiskError) -> [UInt8] { [] }
  }

  func create() throws(DiskError) -> any RunDirectory { Nothing() }
}
