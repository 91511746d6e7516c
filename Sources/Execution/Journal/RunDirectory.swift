import Evaluation

/// The files of one run.
package protocol RunDirectory: Sendable {
  /// The name by which people speak of the run; `nil` for one that is not kept.
  var id: String? { get }
  /// Appends to the journal; once it returns, the bytes outlive a crash.
  func append(_ bytes: [UInt8]) throws(DiskError)
  /// Makes a file beside the journal, durably.
  func write(_ name: String, _ bytes: [UInt8]) throws(DiskError)
  func read(_ name: String) throws(DiskError) -> [UInt8]
}
