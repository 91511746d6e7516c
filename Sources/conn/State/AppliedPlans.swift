import Evaluation
import Glibc
import Planning

/// The plans that have been applied on this machine. Each has a file
/// `$XDG_STATE_HOME/conn/applied/HASH` that contains the name of the run.
struct AppliedPlans: UsedPlans {
  private let state: StateDirectory
  private let disk: SystemDisk
  private let runs: RunArchive

  init(_ host: Host) { (state, disk, runs) = (host.state, host.disk, RunArchive(host)) }

  func run(using hash: String) -> String? {
    guard let path = try? path(hash), disk.exists(path) else { return nil }
    return (try? disk.readOwn(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func canResume(_ run: String) -> Bool {
    guard let run = try? runs.find(run) else { return false }
    return run.isResumable && !run.isUnderWay
  }

  /// Marks a plan as applied by a run. If two runs mark the same plan, only one gets `true`:
  /// linking the complete file is atomic.
  func markApplied(_ hash: String, by run: String) throws(DiskError) -> Bool {
    let path = try path(hash)
    let draft = "\(path).\(UInt32.random(in: 0 ... .max))"
    defer { unlink(draft) }
    try disk.replace(draft, with: Array(run.utf8))
    if link(draft, path) != 0 {
      guard errno == EEXIST else { throw SystemFile.problem("cannot write", path) }
      return !run.isEmpty && self.run(using: hash) == run
    }
    try SystemFile.syncDirectory(SystemFile.directory(of: path))
    return true
  }

  /// Returns the file of a plan. A hash is 64 hexadecimal digits, so it can't contain a path.
  private func path(_ hash: String) throws(DiskError) -> String {
    guard let path = state.path(creatingFor: "applied/" + hash) else {
      throw DiskError("there is no state directory: set HOME or XDG_STATE_HOME")
    }
    try SystemRunStore.requirePrivate(SystemFile.directory(of: path))
    return path
  }
}
