import Evaluation
import Glibc

/// A file that decides where the token is sent: a configuration, which can also run commands, or the
/// certificates to trust.
enum TrustedFile {
  /// Throws with exit code 2 if other users could change the file, which errors call `name`.
  static func require(_ descriptor: Int32, _ path: String, named name: String? = nil)
    throws(RunError)
  {
    let name = name ?? path
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw RunError(.usage, "`\(name)` is not a regular file")
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw RunError(
        .usage, "`\(name)` belongs to another user, who could change it",
        help: "replace it with a copy of your own")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw RunError(.usage, "`\(name)` is writable by other users", help: "chmod go-w \(name)")
    }
    if let open = StateDirectory.openParent(of: path) {
      throw RunError(
        .usage, "`\(name)` can be replaced by other users: anybody can write to `\(open)`",
        help: "chmod o-w \(open)")
    }
  }
}
