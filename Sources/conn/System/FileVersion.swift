import Glibc

/// What tells one content of a regular file from another without reading it.
struct FileVersion: Equatable {
  private let device: UInt
  private let inode: UInt
  private let size: Int
  private let modified: Int
  private let changed: Int

  /// Returns the version of a file that was last changed more than a second ago; `nil` for another
  /// one, and for what isn't a regular file. A later change shows in the times of such a file, however
  /// coarse they are. Source: Git, "racy-git".
  init?(ofSettled path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      max(status.st_mtim.tv_sec, status.st_ctim.tv_sec) < time(nil) - 1
    else { return nil }
    (device, inode, size) = (status.st_dev, status.st_ino, status.st_size)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  private static func nanoseconds(_ time: timespec) -> Int {
    time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
  }
}
