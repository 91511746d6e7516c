import Glibc

/// The working directory, which relative paths in a run refer to.
enum WorkingDirectory {
  static var path: String {
    guard let place = getcwd(nil, 0) else { return "/" }
    defer { free(place) }
    return String(cString: place)
  }

  /// Changes to a directory; returns `false` if that fails.
  static func enter(_ path: String) -> Bool { chdir(path) == 0 }
}
