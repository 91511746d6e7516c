import Evaluation
import Glibc

/// Absolute file names.
enum FilePath {
  /// The most links that a name may lead through, as in the Linux kernel (path_resolution(7)).
  private static let maxLinks = 40

  /// Returns what is known about the file or link itself; `nil` if there is none.
  static func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  /// Returns the path without links; the last component needn't exist. Throws at a link in a
  /// directory that other users can write to, because they could lead it to any file.
  static func resolvingLinks(_ path: String) throws(DiskError) -> String {
    var rest = components(path)
    var (done, links) = ("", 0)
    while let part = rest.popLast() {
      if part == "." { continue }
      if part == ".." {
        done = String(done[..<(done.lastIndex(of: "/") ?? done.startIndex)])
        continue
      }
      guard let target = try destination("\(done)/\(part)") else {
        done += "/" + part
        continue
      }
      links += 1
      try requireSafe("\(done)/\(part)", in: done.isEmpty ? "/" : done, links)
      if target.hasPrefix("/") { done = "" }
      rest += components(target)
    }
    return done.isEmpty ? "/" : done
  }

  /// The components of a path, last one first.
  private static func components(_ path: String) -> [Substring] {
    path.split(separator: "/").reversed()
  }

  private static func requireSafe(_ link: String, in directory: String, _ count: Int)
    throws(DiskError)
  {
    if count > maxLinks { throw DiskError("`\(link)`: too many levels of symbolic links") }
    guard let status = status(directory), status.st_mode & 0o022 == 0,
      [0, geteuid()].contains(status.st_uid)
    else {
      throw DiskError(
        "`\(link)` is a symbolic link in a directory that other users can write to")
    }
  }

  /// Returns where a link leads; `nil` if it isn't one.
  private static func destination(_ path: String) throws(DiskError) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count >= 0 else { return nil }
    let bytes = buffer[..<count].map(UInt8.init(bitPattern:))
    guard let target = String(validating: bytes, as: UTF8.self) else {
      throw DiskError("`\(path)` is a link to a name that is not UTF-8")
    }
    return target
  }
}
