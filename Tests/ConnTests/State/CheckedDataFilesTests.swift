import API
import Evaluation
import Foundation
import Glibc
import Language
import TestSupport
import Testing

@testable import conn

@Suite struct CheckedDataFilesTests {
  private static let file = DataFile("rows.json")

  private static func disk(_ content: String) throws -> (disk: DataDisk, path: String) {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    let path = directory.appending(path: file.path).path
    try Data(content.utf8).write(to: URL(filePath: path))
    let disk = DataDisk(
      disk: SystemDisk(directory: directory.path), input: StandardInput(STDIN_FILENO),
      checked: CheckedDataFiles())
    return (disk, path)
  }

  /// What was read to check a script is used by its run, once.
  @Test func contentIsUsedOnce() throws {
    let (disk, _) = try Self.disk(#"[{"id":1,"name":"a"}]"#)
    expectEqual(try disk.data(Self.file).rows().set.rows.count, 1)
    #expect(disk.checked.take(Self.file) != nil)
    #expect(disk.checked.take(Self.file) == nil)
    _ = try disk.data(Self.file)
    _ = try disk.data(Self.file)
    #expect(disk.checked.take(Self.file) == nil)
  }

  /// The same size and time are not the same content.
  @Test(arguments: [#"[{"id":2,"name":"a"}]"#, #"[{"id":2,"name":"a"},{"id":3,"name":"b"}]"#, "[]"])
  func changedFileIsReadAgain(_ content: String) throws {
    let (disk, path) = try Self.disk(#"[{"id":1,"name":"a"}]"#)
    _ = try disk.data(Self.file)
    try Data(content.utf8).write(to: URL(filePath: path))
    let ids = try disk.data(Self.file).rows().set.rows.compactMap { $0.connection?.id }
    #expect(!ids.contains(1))
    expectEqual(ids.count, content.split(separator: "id").count - 1)
  }

  /// The times of a file that wasn't changed for a while tell of every change, also one that sets the
  /// time of the last change back.
  @Test func changeOfOldFileIsSeen() async throws {
    let (disk, path) = try Self.disk(#"[{"id":1,"name":"a"}]"#)
    #expect(FileVersion(ofSettled: path) == nil)
    try await Task.sleep(for: .milliseconds(2_100))
    let version = try #require(FileVersion(ofSettled: path))
    _ = try disk.data(Self.file)
    #expect(FileVersion(ofSettled: path) == version)
    #expect(disk.checked.take(Self.file)?.version == version)
    _ = try disk.data(Self.file)
    var status = stat()
    try #require(stat(path, &status) == 0)
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.write(contentsOf: Data(#"[{"id":2,"name":"a"}]"#.utf8))
    try handle.close()
    var times = [status.st_atim, status.st_mtim]
    try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
    expectEqual(try disk.data(Self.file).rows().set.rows.compactMap { $0.connection?.id }, [2])
  }

  @Test func twoFilesAreKept() throws {
    let (disk, path) = try Self.disk("[]")
    let names = ["1", "2", "3"].map { "\($0).json" }
    for name in names {
      let other = URL(filePath: path).deletingLastPathComponent().appending(path: name)
      try Data("[]".utf8).write(to: other)
      _ = try disk.data(DataFile(name))
    }
    expectEqual(names.map { disk.checked.take(DataFile($0)) != nil }, [false, true, true])
  }
}
