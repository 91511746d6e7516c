import API
import Evaluation
import Execution
import Glibc
import Language
import Planning

/// A run of the past, read from its directory.
struct StoredRun {
  let id: String
  let path: String
  let journal: ParsedJournal
  let history: RunHistory
  let start: RunStart
  private let bytes: [UInt8]
  /// What a person has found out of its writes in doubt.
  var settlements: [Settlement] = []

  /// Throws where the journal is missing or cannot be trusted.
  init(_ path: String) throws(RunError) {
    self.path = path
    id = String(path.split(separator: "/").last ?? "")
    do { bytes = try SystemDisk().readOwn("\(path)/journal.jsonl") } catch {
      throw RunError(.internalError, "run \(id) has no journal: \(error.message)")
    }
    do { journal = try ParsedJournal(bytes) } catch {
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

  /// `true` iff something is left of it.
  var isUnfinished: Bool { history.end.map { !$0.isComplete } ?? true }

  /// `true` iff something is left to go on with.
  var isResumable: Bool { isUnfinished && start.canGoOn }

  // MARK: Going on

  /// The script as it was run, with the arguments that were not kept.
  func input(_ given: [String]) throws(RunError) -> Analysis.Input {
    let arguments = try RedactedArguments.restored(start.arguments, with: given, run: id)
    guard start.canGoOn else {
      throw RunError(
        .stalePlan,
        "the text of run \(id) was not kept: it held a credential, or used names of its session",
        help: history.doubts.isEmpty
          ? "start a new run" : "settle what is in doubt, as conn show \(id) says; start a new run")
    }
    do throws(DiskError) {
      return Analysis.Input(
        name: start.script, bytes: try scriptBytes(), arguments: arguments)
    } catch {
      throw RunError(.stalePlan, error.message, help: "start a new run")
    }
  }

  private func scriptBytes() throws(DiskError) -> [UInt8] {
    start.keepsScript
      ? try SystemDisk().readOwn("\(path)/\(JournalWriter.scriptName)")
      : try SystemDisk().read(start.script)
  }

  /// The files of rows that are kept, by the names that the script gives them: as they were first.
  var keptFiles: [String: [UInt8]] {
    get throws(RunError) {
      var kept: [String: [UInt8]] = [:]
      for file in history.files where kept[file.path] == nil {
        guard let name = file.file else { continue }
        do { kept[file.path] = try SystemDisk().readOwn("\(path)/\(name)") } catch {
          throw RunError(.internalError, error.message)
        }
      }
      return kept
    }
  }

  /// The plan that is carried out.
  func plan() throws(RunError) -> PlanFile {
    let bytes: [UInt8]
    do { bytes = try SystemDisk().readOwn("\(path)/\(JournalWriter.planName)") } catch {
      throw RunError(.internalError, error.message)
    }
    let file = try PlanFile.read(bytes)
    guard file.hash == start.sha256 else {
      throw RunError(.stalePlan, "the plan of run \(id) was changed", help: "make a plan anew")
    }
    return file
  }

  /// Locks the run, sets aside what was torn, and notes in the journal that the run goes on.
  func goOn(_ binding: WorkspaceBinding) throws(RunError) -> JournalWriter {
    do throws(DiskError) {
      let directory = try SystemRunDirectory(path, isNew: false)
      guard try directory.read("journal.jsonl") == bytes else {
        throw DiskError("run \(id) was gone on with by another process meanwhile")
      }
      if journal.isTorn {
        try directory.setAside(bytes[journal.length...], keeping: journal.length)
      }
      var recorder = JournalWriter(
        binding.store, start, in: directory, after: journal, history,
        token: binding.identity.fingerprint, settling: settlements, time: { Clock.wallTime() })
      try recorder.append([
        .resumed(version: Version.number, token: binding.identity.fingerprint)
      ])
      return recorder
    } catch {
      throw RunError(.internalError, error.message)
    }
  }
}

extension StoredRun {
  /// `done`, `partly`, `interrupted`, or `under way`.
  var state: String {
    guard let end = history.end else { return isUnderWay ? "under way" : "interrupted" }
    if !end.isComplete { return "interrupted" }
    return end.exitCode == 0 ? "done" : "partly"
  }

  /// `true` iff a process holds its journal.
  var isUnderWay: Bool { Self.isUnderWay(path) }

  /// The same of the run in this directory, which need not be readable.
  static func isUnderWay(_ path: String) -> Bool {
    let journal = open("\(path)/journal.jsonl", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    defer { close(journal) }
    return journal >= 0 && flock(journal, LOCK_SH | LOCK_NB) != 0
  }
}

extension RunError {
  static func changedScript(_ name: String) -> RunError {
    RunError(
      .stalePlan, "`\(name)`, or a file that it uses, has changed since the run was begun",
      help: "start a new run")
  }
}
