import Evaluation
import Execution
import Glibc

/// The runs of an embedded simulated workspace, which ends with the process: nothing is kept.
struct EphemeralRunStore: RunStore {
  private struct Nothing: RunDirectory {
    var id: String? { nil }
    func append(_ bytes: [UInt8]) throws(DiskError) {}
    func write(_ name: String, _ bytes: [UInt8]) throws(DiskError) {}
    func read(_ name: String) throws(DiskError) -> [UInt8] { [] }
  }

  func create() throws(DiskError) -> any RunDirectory { Nothing() }
}
