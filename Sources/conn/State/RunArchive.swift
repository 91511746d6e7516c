import Evaluation
import Glibc
import Text

/// All runs that are kept.
struct RunArchive {
  var store = SystemRunStore()

  /// The directories of the runs, oldest first.
  func paths() throws(RunError) -> [String] {
    do throws(DiskError) {
      let runs = try store.path()
      return try SystemFile.names(in: runs).filter { !$0.hasPrefix(".") }.map { "\(runs)/\($0)" }
    } catch {
      throw RunError(.internalError, error.message)
    }
  }

  /// Returns the run of that name, or whose name ends or begins with it, and with no other's.
  func run(_ name: String, help: String = "conn runs lists them") throws(RunError) -> StoredRun {
    if let run = try find(name) { return run }
    throw RunError(
      .usage, "there is no run `\(name.escapingHiddenCharacters().truncated(to: 80))`", help: help)
  }

  /// The same; `nil` where there is none.
  func find(_ name: String) throws(RunError) -> StoredRun? {
    let paths = try paths()
    let found = paths.filter { path in
      let id = path.split(separator: "/").last ?? ""
      return !name.isEmpty && (id.hasPrefix(name) || id.hasSuffix(name))
    }
    if let exact = paths.first(where: { $0.hasSuffix("/\(name)") }) { return try StoredRun(exact) }
    guard found.count < 2 else {
      throw RunError(
        .usage, "`\(name.escapingHiddenCharacters())` may mean \(found.count) runs",
        help: "conn runs lists them")
    }
    return try found.first.map { path throws(RunError) in try StoredRun(path) }
  }

  /// The latest run that something is left of, and no process is at. Throws where one that is
  /// later cannot be read: it may be the one that is meant.
  func latestResumable() throws(RunError) -> StoredRun {
    var atWork: [String] = []
    for path in try paths().reversed() where Self.hasBegun(path) {
      if StoredRun.isUnderWay(path) {
        atWork.append(String(path.split(separator: "/").last ?? ""))
        continue
      }
      let run = try Self.readable(path)
      if run.isResumable { return run }
    }
    let others = atWork.isEmpty ? "" : "; under way: \(atWork.joined(separator: ", "))"
    throw RunError(.usage, "no run was interrupted\(others)", help: "conn runs lists them")
  }

  /// `false` iff the run ended before the first line of its journal stood: it sent nothing.
  private static func hasBegun(_ path: String) -> Bool {
    let journal = "\(path)/journal.jsonl"
    guard let bytes = try? SystemDisk().readOwn(journal) else {
      return SystemDisk().exists(journal)
    }
    return bytes.contains(UInt8(ascii: "\n"))
  }

  private static func readable(_ path: String) throws(RunError) -> StoredRun {
    do { return try StoredRun(path) } catch {
      throw RunError(
        error.exitCode, error.message,
        help: "it may be the run to go on with; to go on with another: conn resume RUN")
    }
  }
}
