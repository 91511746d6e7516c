import Glibc

/// The directory from which the files of a run are named.
enum WorkingDirectory {
  static var path: String {
    guard let place = getcwd(nil, 0) else { return "/" }
    defer { free(place) }
    return String(cString: place)
  }

  /// Returns `false` where it is not there any more.
  static func enter(_ path: String) -> Bool { chdir(path) == 0 }
}
