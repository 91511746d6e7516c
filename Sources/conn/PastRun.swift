import ConnectionsClient
import Engine
import Glibc
import Language

/// A run of the past, read from its directory.
struct PastRun {
  let id: String
  let path: String
  let journal: JournalText
  let history: RunHistory
  let start: RunStart
  private let bytes: [UInt8]

  /// Throws where the journal is missing or cannot be trusted.
  init(_ path: String) throws(RunError) {
    self.path = path
    id = String(path.split(separator: "/").last ?? "")
    do { bytes = try SystemDisk().read("\(path)/journal.jsonl") } catch {
      throw RunError(.internalError, "run \(id) has no journal: \(error.message)")
    }
    do { journal = try JournalText(bytes) } catch {
      throw RunError(
        .internalError,
        "the journal of run \(id) cannot be trusted: line \(error.line): \(error.message)",
        help: "look at \(path)/journal.jsonl; nothing was sent")
    }
    history = RunHistory(journal)
    guard let start = history.start else {
      throw RunError(.internalError, "the journal of run \(id) is empty: nothing was sent by it")
    }
    self.start = start
  }

  /// The journal, but for what was torn.
  var wholeLines: ArraySlice<UInt8> { bytes[..<journal.length] }

  /// `true` iff something is left to go on with.
  var isResumable: Bool { history.end.map { !$0.isComplete } ?? true }

  // MARK: Going on

  /// The script as it was run.
  func input() throws(RunError) -> Analysis.Input {
    do throws(DiskError) {
      let file = start.keepsScript ? "\(path)/\(RunRecorder.scriptName)" : start.script
      guard start.keepsScript || start.command == "run" else {
        throw DiskError("run \(id) held a credential in its text, which was not kept")
      }
      return Analysis.Input(
        name: start.script, bytes: try SystemDisk().read(file), arguments: start.arguments)
    } catch {
      throw RunError(.stalePlan, error.message, help: "start a new run")
    }
  }

  /// The plan that is carried out.
  func plan() throws(RunError) -> PlanFile {
    let bytes: [UInt8]
    do { bytes = try SystemDisk().read("\(path)/\(RunRecorder.planName)") } catch {
      throw RunError(.internalError, error.message)
    }
    let file = try PlanFile.read(bytes)
    guard file.hash == start.sha256 else {
      throw RunError(.stalePlan, "the plan of run \(id) was changed", help: "make a plan anew")
    }
    return file
  }

  /// Locks the run, sets aside what was torn, and notes in the journal that the run goes on.
  func goOn(_ binding: WorkspaceAccess.Binding) throws(RunError) -> RunRecorder {
    do throws(DiskError) {
      let directory = try SystemRunDirectory(path, isNew: false)
      guard try directory.read("journal.jsonl") == bytes else {
        throw DiskError("run \(id) was gone on with by another process meanwhile")
      }
      if journal.isTorn {
        try directory.setAside(bytes[journal.length...], keeping: journal.length)
      }
      var recorder = RunRecorder(
        binding.store, start, in: directory, after: journal, history,
        time: { Clock.wallTime() })
      try recorder.append([
        .resumed(version: Version.number, token: binding.identity.fingerprint)
      ])
      return recorder
    } catch {
      throw RunError(.internalError, error.message)
    }
  }
}

extension RunError {
  static func changedScript(_ name: String) -> RunError {
    RunError(
      .stalePlan, "`\(name)`, or a file that it uses, has changed since the run was begun",
      help: "start a new run")
  }
}

/// All runs that are kept.
enum RunCatalog {
  /// The directories of the runs, oldest first.
  static func paths() throws(RunError) -> [String] {
    let runs: String
    do { runs = try SystemRunStore.path() } catch { throw RunError(.internalError, error.message) }
    guard let directory = opendir(runs) else {
      throw RunError(.internalError, SystemFile.problem("cannot read", runs).message)
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { place in
        place.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().map { "\(runs)/\($0)" }
  }

  /// Returns the run of that name, or whose name ends or begins with it, and with no other's.
  static func run(_ name: String) throws(RunError) -> PastRun {
    if let run = try find(name) { return run }
    throw RunError(
      .usage, "there is no run `\(name.escapingHiddenCharacters())`", help: "conn runs lists them")
  }

  /// The same; `nil` where there is none.
  static func find(_ name: String) throws(RunError) -> PastRun? {
    let paths = try paths()
    let found = paths.filter { path in
      let id = path.split(separator: "/").last ?? ""
      return !name.isEmpty && (id.hasPrefix(name) || id.hasSuffix(name))
    }
    if let exact = paths.first(where: { $0.hasSuffix("/\(name)") }) { return try PastRun(exact) }
    guard found.count < 2 else {
      throw RunError(
        .usage, "`\(name.escapingHiddenCharacters())` may mean \(found.count) runs",
        help: "conn runs lists them")
    }
    return try found.first.map { path throws(RunError) in try PastRun(path) }
  }

  /// The latest run that something is left of.
  static func latestResumable() throws(RunError) -> PastRun {
    for path in try paths().reversed() {
      if let run = try? PastRun(path), run.isResumable { return run }
    }
    throw RunError(.usage, "no run was interrupted", help: "conn runs lists them")
  }
}
