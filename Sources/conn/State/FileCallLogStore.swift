import ConnectionsClient
import Glibc

/// Stores the log of calls in a file that processes share.
///
/// For each change, `DIRECTORY/KEY.lock` is locked with `flock`. It is never removed; the system
/// unlocks it when a process ends for any reason. `DIRECTORY/KEY.json` is replaced by a rename.
struct FileCallLogStore: CallLogStore {
  /// The directory of the files; `nil` if there is no state directory.
  let directory: String?
  let key: String
  let boot: String
  let clock: any Timekeeper

  private static let largest = 1 << 16
  /// Maximum wait for the lock in seconds; holders need it for microseconds.
  private static let patience = 2.0
  private static let pause: UInt32 = 2000

  func update<T: Sendable>(_ change: (inout CallLog) -> T) throws(CallLogStoreError) -> T {
    let folder = try openDirectory()
    defer { close(folder) }
    let lock = try lock(in: folder)
    defer { close(lock) }
    let stored = read(in: folder)
    var callLog = stored ?? .exhausted(boot: boot, at: clock.uptime())
    let result = change(&callLog)
    if callLog != stored { try write(callLog, in: folder) }
    return result
  }

  // MARK: The directory

  /// Opens the directory, which must belong to the user, and makes it inaccessible to others.
  private func openDirectory() throws(CallLogStoreError) -> Int32 {
    guard let directory else { throw CallLogStoreError("neither XDG_STATE_HOME nor HOME is set") }
    guard StateDirectory.make(directory) else { throw problem("cannot create") }
    if let open = StateDirectory.openParent(of: directory) {
      throw CallLogStoreError(StateDirectory.complaint(open))
    }
    let folder = open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { throw problem("cannot open") }
    do throws(CallLogStoreError) {
      try claim(folder, mode: 0o700)
    } catch {
      close(folder)
      throw error
    }
    return folder
  }

  /// Throws if a file belongs to another user; otherwise sets its permissions.
  private func claim(_ descriptor: Int32, mode: mode_t) throws(CallLogStoreError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem("cannot read") }
    guard status.st_uid == geteuid() else {
      throw CallLogStoreError("`\(directory ?? "")` or a file in it belongs to another user")
    }
    guard status.st_mode & 0o777 == mode || fchmod(descriptor, mode) == 0 else {
      throw problem("cannot change the permissions of")
    }
  }

  // MARK: The lock

  private func lock(in folder: Int32) throws(CallLogStoreError) -> Int32 {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    let descriptor = openat(folder, key + ".lock", flags, 0o600)
    guard descriptor >= 0 else { throw problem("cannot open the lock in") }
    do throws(CallLogStoreError) {
      guard SystemFile.isRegular(descriptor) else {
        throw CallLogStoreError("`\(directory ?? "")/\(key).lock` is not a regular file")
      }
      try claim(descriptor, mode: 0o600)
      try hold(descriptor)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private func hold(_ descriptor: Int32) throws(CallLogStoreError) {
    let end = clock.uptime() + Self.patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw problem("cannot lock") }
      guard clock.uptime() < end else {
        throw CallLogStoreError("`\(directory ?? "")/\(key).lock` is locked by another program")
      }
      usleep(Self.pause)
    }
  }

  // MARK: The state

  /// Reads the log: an empty one if there is no file, `nil` if the file can't be read.
  private func read(in folder: Int32) -> CallLog? {
    let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    let descriptor = openat(folder, key + ".json", flags)
    guard descriptor >= 0 else { return errno == ENOENT ? CallLog(boot: boot) : nil }
    defer { close(descriptor) }
    guard let bytes = FileBytes.read(descriptor, limit: Self.largest, patience: 0),
      bytes.count <= Self.largest
    else { return nil }
    return CallLog.read(bytes, boot: boot)
  }

  /// Writes the log. The lock makes this the only writer, so an existing temporary file is left
  /// over from a process that ended.
  private func write(_ callLog: CallLog, in folder: Int32) throws(CallLogStoreError) {
    let temporary = key + ".tmp"
    unlinkat(folder, temporary, 0)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = openat(folder, temporary, flags, 0o600)
    guard descriptor >= 0 else { throw problem("cannot write in") }
    let isWritten =
      FileBytes.write(callLog.text, to: descriptor) && fchmod(descriptor, 0o600) == 0
    let reason = errno
    let isClosed = close(descriptor) == 0
    if isWritten, isClosed, renameat(folder, temporary, folder, key + ".json") == 0 { return }
    if !isWritten { errno = reason }
    let problem = problem("cannot write in")
    unlinkat(folder, temporary, 0)
    throw problem
  }

  private func problem(_ verb: String) -> CallLogStoreError {
    CallLogStoreError("\(verb) `\(directory ?? "")`: \(String(cString: strerror(errno)))")
  }
}
