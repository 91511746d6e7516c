import ConnectionsClient
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import conn

/// A clock that advances by 0.5 s whenever it is read.
private final class HastyClock: Timekeeper {
  private let now = Mutex(1000.0)

  func uptime() -> Double {
    now.withLock { now in
      now += 0.5
      return now
    }
  }
  func sleep(seconds: Double) async throws {}
}

@Suite struct FileCallLogStoreTests {
  private let scratch: URL
  private let folder: URL

  init() throws {
    scratch = try Program.makeScratch()
    folder = scratch.appending(path: "conn/pace")
  }

  private var store: FileCallLogStore { store(folder.path) }

  private func store(_ directory: String?) -> FileCallLogStore {
    FileCallLogStore(directory: directory, key: "k", boot: "b", clock: HastyClock())
  }

  /// Adds one to the number that the ledger holds in place of lists. Returns the sum.
  private func count(_ store: FileCallLogStore) throws(CallLogStoreError) -> UInt64 {
    try store.update { ledger in
      let sum = (ledger.lists.first?.id ?? 0) + 1
      ledger = CallLog(boot: "b", lists: [CallLog.Call(id: sum, sent: 0)])
      return sum
    }
  }

  private func mode(_ name: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(
      atPath: folder.appending(path: name).path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }

  private func makeFolder() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func put(_ bytes: some Sequence<UInt8>, _ name: String) throws {
    try makeFolder()
    try Data(bytes).write(to: folder.appending(path: name))
  }

  // MARK: Updates

  @Test func storesChangesInPrivateFiles() throws {
    expectEqual(try count(store), 1)
    expectEqual(try count(store), 2)
    expectEqual(try mode(""), 0o700)
    expectEqual(try mode("k.lock"), 0o600)
    expectEqual(try mode("k.json"), 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.sorted() == ["k.json", "k.lock"])
  }

  @Test func concurrentProcessesLoseNothing() async throws {
    let store = FileCallLogStore(
      directory: folder.path, key: "k", boot: "b", clock: SystemTimekeeper())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { for _ in 0..<50 { _ = try count(store) } }
      }
      try await group.waitForAll()
    }
    expectEqual(try count(store), 401)
  }

  @Test func newBootStartsWithAnEmptyLedger() throws {
    _ = try count(store)
    let next = FileCallLogStore(directory: folder.path, key: "k", boot: "c", clock: HastyClock())
    expectEqual(try next.update { $0 }, CallLog(boot: "c"))
  }

  // MARK: The lock

  @Test func waitForTheLockIsLimited() throws {
    _ = try count(store)
    let holder = open(folder.appending(path: "k.lock").path, O_RDWR | O_CLOEXEC)
    #expect(flock(holder, LOCK_EX) == 0)
    #expect(
      throws: CallLogStoreError("`\(folder.path)/k.lock` is locked by another program")
    ) { try count(store) }
    close(holder)
    expectEqual(try count(store), 2)
  }

  @Test func killedHolderReleasesTheLock() async throws {
    _ = try count(store)
    let result = try await Program.run(
      "exec 9>> \(folder.path)/k.lock; flock 9 || exit 1; echo held; kill -9 $$")
    #expect(result.output == "held\n")
    expectEqual(try count(store), 2)
  }

  @Test func overwritesLeftoversOfAKilledWriter() throws {
    try put("{\"form".utf8, "k.tmp")
    expectEqual(try count(store), 1)
    expectEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path).count, 2)
  }

  @Test func keepsTheCallsOfAnEarlierVersion() throws {
    let text = #"{"format":1,"boot":"b","lists":[[1,5.0,5.25]],"others":[],"waiters":[]}"#
    try put(text.utf8, "k.json")
    let call = CallLog.Call(id: 1, sent: 5, answered: 5.25)
    expectEqual(try store.update { $0 }, CallLog(boot: "b", lists: [call]))
  }

  // MARK: Unreadable states

  @Test(arguments: [
    "", "{", "\u{0}\u{0}\u{0}", "null",
    #"{"format":1,"boot":"b","lists":[[1,5.0,5.2"#,
    #"{"format":2,"boot":"b","lists":[],"others":[],"waiters":[]}"#,
    String(repeating: " ", count: 70_000)
      + #"{"format":1,"boot":"b","lists":[],"others":[],"waiters":[]}"#,
  ])
  func unreadableStateCountsAsUsedUp(_ text: String) throws {
    try put(text.utf8, "k.json")
    let store = store
    let first = try store.update { $0 }
    #expect(first.lists.count == 60 && first.related.count == 60 && first.others.count == 1)
    expectEqual(try store.update { $0 }, first, "the same instant, not again and again")
  }

  @Test func pipeInPlaceOfTheStateDoesNotBlock() throws {
    try makeFolder()
    #expect(mkfifo(folder.appending(path: "k.json").path, 0o600) == 0)
    expectEqual(try store.update { $0.lists.count }, 60)
    expectEqual(try store.update { $0.lists.count }, 60)
  }

  // MARK: Unusable directories

  @Test func failsWithoutAUsableDirectory() {
    #expect(throws: CallLogStoreError("neither XDG_STATE_HOME nor HOME is set")) {
      try count(store(nil))
    }
  }

  @Test(arguments: [
    "/proc/conn/pace": "cannot create `/proc/conn/pace`: No such file or directory",
    "/dev/null/pace": "cannot create `/dev/null/pace`: Not a directory",
    "/dev/null": "cannot open `/dev/null`: Not a directory",
  ])
  func reportsADirectoryThatCannotBeCreated(_ path: String, _ message: String) {
    #expect(throws: CallLogStoreError(message)) { try count(store(path)) }
  }

  @Test func doesNotFollowLinks() throws {
    let elsewhere = scratch.appending(path: "elsewhere")
    try makeFolder()
    let files = FileManager.default
    try files.createSymbolicLink(
      at: folder.appending(path: "k.lock"), withDestinationURL: elsewhere)
    #expect(throws: CallLogStoreError.self) { try count(store) }
    #expect(!files.fileExists(atPath: elsewhere.path))
    let link = scratch.appending(path: "link")
    try files.createSymbolicLink(at: link, withDestinationURL: folder)
    #expect(throws: CallLogStoreError.self) { try count(store(link.path)) }
  }

  @Test func rejectsADirectoryInPlaceOfAFile() throws {
    for name in ["k.lock", "k.json"] {
      let directory = folder.appending(path: name)
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      #expect(throws: CallLogStoreError.self) { try count(store) }
      try FileManager.default.removeItem(at: directory)
    }
    expectEqual(try count(store), 1)
  }

  @Test func removesPermissionsOfOthers() throws {
    try put([], "k.lock")
    chmod(folder.path, 0o777)
    chmod(folder.appending(path: "k.lock").path, 0o666)
    _ = try count(store)
    expectEqual(try mode(""), 0o700)
    expectEqual(try mode("k.lock"), 0o600)
  }

  @Test(.enabled(if: geteuid() == 0)) func rejectsFilesOfOtherUsers() throws {
    _ = try count(store)
    chown(folder.appending(path: "k.lock").path, 4242, 4242)
    #expect(
      throws: CallLogStoreError("`\(folder.path)` or a file in it belongs to another user")
    ) { try count(store) }
  }
}
