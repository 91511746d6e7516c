import Glibc

/// `$XDG_STATE_HOME/conn`, the user's own.
enum StateDirectory {
  /// Returns the path of a file in it or below; its directory is made where it is missing. `nil`
  /// where it cannot be.
  static func path(_ name: String) -> String? {
    guard let path = place(name), let slash = path.lastIndex(of: "/"), make(String(path[..<slash]))
    else { return nil }
    return path
  }

  /// Returns the path of something in it, whether it exists or not; `nil` where the environment
  /// does not say where.
  static func place(_ name: String) -> String? { directory.map { $0 + "/" + name } }

  /// Makes a directory and those above it, the user's own; what was made outlives a power cut.
  /// Returns `false`, with `errno` set, where one cannot be made.
  static func make(_ directory: String) -> Bool {
    parents(of: directory).allSatisfy { path in
      guard mkdir(path, 0o700) == 0 else { return errno == EEXIST }
      return (try? SystemFile.syncDirectory(SystemFile.directory(of: path))) != nil
    }
  }

  /// Returns a directory above this one in which anybody could put another in its place. A sticky
  /// one, such as `/tmp`, is none.
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
    "anybody can write to `\(open)`, which the state of conn is in: "
      + "chmod o-w \(open), or set XDG_STATE_HOME to a directory of your own"
  }

  private static var directory: String? { base(ProcessEnvironment.read()).map { $0 + "/conn" } }

  private static func base(_ environment: [String: String]) -> String? {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.local/state"
  }

  /// The directory and those above it, topmost first.
  private static func parents(of directory: String) -> [String] {
    let parts = directory.split(separator: "/")
    return parts.indices.map { "/" + parts[...$0].joined(separator: "/") }
  }
}
