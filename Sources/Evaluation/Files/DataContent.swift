import Language

/// The content of a data file, and what reading it as rows came to.
package struct DataContent: Sendable {
  package let bytes: [UInt8]
  private let result: Result<SnapshotFile, DiskError>

  package init(_ file: DataFile, _ bytes: [UInt8]) {
    self.bytes = bytes
    result = Result { () throws(DiskError) in try SnapshotFile(file, bytes) }
  }

  /// Returns the rows. Throws with the position of the first problem.
  package func rows() throws(DiskError) -> SnapshotFile { try result.get() }
}
