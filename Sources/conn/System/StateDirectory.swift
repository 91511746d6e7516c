import Glibc

/// The directory `$XDG_STATE_HOME/conn`, which is private to the user.
struct StateDirectory {
  let environment: [String: String]

  /// Returns the path of a file in it or below, and creates the file's directory if needed; `nil`
  /// if that fails.
  func path(creatingFor name: String) -> String? {
    guard let path = path(to: name), let slash = path.lastIndex(of: "/"),
      Self.make(String(path[..<slash]))
    else { return nil }
    return path
  }

  /// Returns the path of something in it, which needn't exist; `nil` if the environment names no
  /// directory.
  func path(to name: String) -> String? { directory.map { $0 + "/" + name } }

  /// Creates a private directory and its parents, durably. Returns `false`, with `errno` set, if
  /// one can't be created.
  static func make(_ directory: String) -> Bool {
    parents(of: directory).allSatisfy { path in
      guard mkdir(path, 0o700) == 0 else { return errno == EEXIST }
      return (try? SystemFile.syncDirectory(SystemFile.directory(of: path))) != nil
    }
  }

  /// Returns the first parent that anybody can write to, and so could replace this directory; `nil`
  /// if there is none. Sticky directories such as `/tmp` are safe.
  static func openParent(of directory: String) -> String? {
    guard let resolved = realpath(directory, nil) else { return nil }
    defer { free(resolved) }
    return (["/"] + parents(of: String(cString: resolved)).dropLast()).first { path in
      var status = stat()
      guard lstat(path, &status) == 0 else { return false }
      return status.st_mode & 0o002 != 0 && status.st_mode & S_ISVTX == 0
    }
  }

  static func complaint(_ open: String) -> String {
    "conn's state directory is in `\(open)`, which anybody can write to: "
      + "chmod o-w \(open), or set XDG_STATE_HOME to a directory of your own"
  }

  private var directory: String? {
    BaseDirectory.state.path(environment).map { $0 + "/conn" }
  }

  /// The directory and its parents, topmost first.
  private static func parents(of directory: String) -> [String] {
    let parts = directory.split(separator: "/")
    return parts.indices.map { "/" + parts[...$0].joined(separator: "/") }
  }
}
