import Evaluation
import Execution
import Planning
import Text

/// The saved runs.
struct RunArchive {
  let store: SystemRunStore

  init(_ host: Host) { self.init(store: SystemRunStore(host)) }

  init(store: SystemRunStore) { self.store = store }

  /// The directories of the runs, oldest first.
  func paths() throws(RunError) -> [String] {
    do throws(DiskError) {
      let runs = try store.path()
      return try SystemFile.names(in: runs).filter { !$0.hasPrefix(".") }.map { "\(runs)/\($0)" }
    } catch {
      throw RunError(.internalError, error.message)
    }
  }

  /// Returns the run with that name, the only one whose name has it as a part, or, for `last` or
  /// `last-1`, the latest or the one before. Throws if there is none, or more than one.
  func run(_ name: String, help: String = "conn runs lists them") throws(RunError) -> StoredRun {
    if let run = try find(name) { return run }
    throw RunError(
      .usage, "there is no run `\(name.escapingHiddenCharacters().truncated(to: 80))`", help: help)
  }

  /// Returns the run like ``run(_:help:)``; `nil` if there is none. Throws if there is more than one.
  func find(_ name: String) throws(RunError) -> StoredRun? {
    let paths = try paths()
    if let age = Self.age(name) {
      return try paths.reversed().filter(hasBegun).dropFirst(age).first.map {
        path throws(RunError) in
        try store.run(path)
      }
    }
    let found = paths.filter { path in
      !name.isEmpty && (path.split(separator: "/").last ?? "").contains(name)
    }
    if let exact = paths.first(where: { $0.hasSuffix("/\(name)") }) { return try store.run(exact) }
    guard found.count < 2 else {
      throw RunError(
        .usage, "`\(name.escapingHiddenCharacters())` matches \(found.count) runs",
        help: "conn runs lists them")
    }
    return try found.first.map { path throws(RunError) in try store.run(path) }
  }

  /// Returns the number of runs after the one that `last` or `last-1` means; `nil` for other names.
  private static func age(_ name: String) -> Int? {
    if name == "last" { return 0 }
    return name.hasPrefix("last-")
      ? Int(name.dropFirst("last-".count)).flatMap { $0 < 0 ? nil : $0 } : nil
  }

  /// Returns the latest run with writes in doubt, or else the latest that can be resumed, or else the
  /// latest open one; no process is working on it. Throws if a later run can't be read, since that
  /// may be the one the user wants to resume.
  func latestOpen() throws(RunError) -> StoredRun {
    var (open, atWork) = ([StoredRun](), [String]())
    for path in try paths().reversed() where hasBegun(path) {
      if StoredRun.isUnderWay(path) {
        atWork.append(String(path.split(separator: "/").last ?? ""))
      } else if let run = try readable(path, isLatest: open.isEmpty), run.isOpen {
        open.append(run)
      }
    }
    let wanted =
      open.first { !$0.history.doubts.isEmpty } ?? open.first(where: \.isResumable) ?? open.first
    if let wanted { return wanted }
    let others = atWork.isEmpty ? "" : "; still running: \(atWork.joined(separator: ", "))"
    throw RunError(.usage, "there is no interrupted run\(others)", help: "conn runs lists all runs")
  }

  /// `false` iff the run ended before the first line of its journal was complete; it sent nothing.
  private func hasBegun(_ path: String) -> Bool {
    let journal = "\(path)/journal.jsonl"
    guard let bytes = try? store.disk.readOwn(journal) else {
      return store.disk.exists(journal)
    }
    return bytes.contains(UInt8(ascii: "\n"))
  }

  private func readable(_ path: String, isLatest: Bool) throws(RunError) -> StoredRun? {
    do { return try store.run(path) } catch {
      guard isLatest else { return nil }
      throw RunError(
        error.exitCode, error.message,
        help: "this may be the run to resume; to resume another one: conn resume RUN")
    }
  }
}

// MARK: Undone runs

extension RunArchive {
  /// Returns what later runs have undone of a run, unless that was undone in turn.
  func restored(of run: StoredRun) throws(RunError) -> RestoredWrites {
    var restored = RestoredWrites()
    for path in try paths() where path > run.path {
      guard let later = try? store.run(path), later.start.command == "apply",
        let file = try? later.plan(), file.header.script.name == UndoPlanner.name(of: run.id)
      else { continue }
      restored.add(
        file.plan, applied: later.history, by: later.id, of: run.history,
        except: try self.restored(of: later))
    }
    return restored
  }
}
