import Evaluation
import Glibc

/// Helpers for files and directories.
enum SystemFile {
  /// Makes the names in a directory durable. Throws with `errno` set.
  static func syncDirectory(_ path: String) throws(DiskError) {
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem("cannot open", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw problem("cannot write", path) }
  }

  /// Opens a regular file, for reading unless `flags` say more. A new file is for its owner only.
  /// Throws for anything else, since a pipe could block, unless it's allowed. Errors call the file
  /// `name`.
  static func open(
    _ path: String, _ flags: Int32 = O_RDONLY, named name: String? = nil, allowingPipe: Bool = false
  ) throws(DiskError) -> Int32 {
    let name = name ?? path
    let descriptor = Glibc.open(path, O_CLOEXEC | O_NONBLOCK | flags, 0o600)
    guard descriptor >= 0 else {
      if errno == ELOOP, flags & O_NOFOLLOW != 0 { throw DiskError("`\(name)` is a symbolic link") }
      throw problem(flags & O_ACCMODE == O_RDONLY ? "cannot read" : "cannot open", name)
    }
    guard isRegular(descriptor) || allowingPipe && isPipe(descriptor) else {
      close(descriptor)
      throw DiskError("`\(name)` is not a regular file")
    }
    return descriptor
  }

  /// `true` for a regular file, and for a directory, which gives a clear error when it is read.
  static func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    return [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// `true` iff the path leads to a directory in which files can be found.
  static func isSearchable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      && access(path, X_OK) == 0
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// `true` iff the path leads to a pipe.
  static func isPipe(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// Returns the directory part of a path.
  static func directory(of path: String) -> String {
    let directory = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    return directory.isEmpty ? "/" : String(directory)
  }

  /// Returns the sorted names in a directory, without `.` and `..` and names that aren't UTF-8.
  /// Throws with `errno` set.
  static func names(in path: String) throws(DiskError) -> [String] {
    guard let directory = opendir(path) else { throw problem("cannot read", path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      if let name, name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Returns an error that describes `errno`, such as ``cannot write `path`: No such file``.
  static func problem(_ verb: String, _ path: String) -> DiskError {
    DiskError("\(verb) `\(path)`: \(String(cString: strerror(errno)))")
  }
}
