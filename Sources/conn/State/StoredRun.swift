import API
import Evaluation
import Execution
import Glibc
import Language
import Planning
import Text

/// A past run, read from its directory.
struct StoredRun {
  let id: String
  let path: String
  let journal: ParsedJournal
  let history: RunHistory
  let start: RunStart
  private let bytes: [UInt8]
  private let disk: SystemDisk
  private let clock: any HostClock
  /// The outcomes of writes in doubt that a person has looked up.
  var settlements: [Settlement] = []

  /// Reads a run. Throws if its journal is missing, damaged or of a newer version.
  init(_ path: String, _ disk: SystemDisk, _ clock: any HostClock) throws(RunError) {
    (self.path, self.disk, self.clock) = (path, disk, clock)
    id = String(path.split(separator: "/").last ?? "")
    do { bytes = try disk.readOwn("\(path)/journal.jsonl") } catch {
      throw RunError(.internalError, "run \(id) has no journal: \(error.message)")
    }
    do { journal = try ParsedJournal(bytes) } catch {
      throw RunError(
        .internalError,
        "the journal of run \(id) can't be used: line \(error.line): \(error.message)",
        help: "inspect \(path)/journal.jsonl; nothing was sent")
    }
    history = RunHistory(journal)
    guard let start = history.start else {
      throw RunError(.internalError, "the journal of run \(id) is empty: the run sent nothing")
    }
    self.start = start
  }

  /// The journal without an incomplete last line.
  var wholeLines: ArraySlice<UInt8> { bytes[..<journal.length] }

  /// `true` iff some of its writes have no final outcome yet.
  var isUnfinished: Bool { history.end.map { !$0.isComplete } ?? true }

  /// `true` iff it is unfinished and has started a write, or applies a plan.
  var isOpen: Bool { isUnfinished && (!history.writes.isEmpty || start.appliesPlan) }

  /// `true` iff it is unfinished and can be resumed.
  var isResumable: Bool { isUnfinished && start.canResume }

  // MARK: Resuming

  /// Returns the script as it was run. `given` are the arguments that weren't saved.
  func input(_ given: [String]) throws(RunError) -> Analysis.Input {
    let arguments = try RedactedArguments.restored(start.arguments, with: given, run: id)
    do throws(DiskError) {
      return Analysis.Input(
        name: start.script, bytes: try scriptBytes(), arguments: arguments)
    } catch {
      throw RunError(.stalePlan, error.message, help: "start a new run")
    }
  }

  /// Throws with exit 6 unless the run can be resumed, or has a settlement to record.
  func requireResumable() throws(RunError) {
    guard !start.canResume, settlements.isEmpty else { return }
    let doubts = history.doubts
    let open = doubts.isEmpty ? "" : "has \(doubts.count.counted("write")) in doubt and "
    throw RunError(
      .stalePlan,
      "run \(id) \(open)can't be resumed: its script was not saved, because \(start.obstacle)",
      help: doubts.first.map {
        "settle the writes in doubt, as shown by conn show \(id): \(settling($0.name, $0.write))"
      } ?? "conn runs --failed \(id) lists what was not done; start a new run")
  }

  /// The command that records what became of a write in doubt, with the two answers.
  func settling(_ name: String, _ write: RecordedWrite, separator: String = " or ") -> String {
    let isCreate = write.intent.action.definition.creates
    return "conn resume \(id) --settle \(name)=\(isCreate ? "ID" : "done")"
      + "\(separator)\(name)=failed"
  }

  /// The saved script, or the file in the directory where the run was started.
  private func scriptBytes() throws(DiskError) -> [UInt8] {
    if start.keepsScript { return try disk.readOwn("\(path)/\(RunJournal.scriptName)") }
    let isAbsolute = start.script.hasPrefix("/")
    return try disk.read(isAbsolute ? start.script : "\(start.workingDirectory)/\(start.script)")
  }

  /// The saved contents of row files, as the run first read them, by the paths in the script.
  var keptFiles: [String: [UInt8]] {
    get throws(RunError) {
      var kept: [String: [UInt8]] = [:]
      for file in history.files where kept[file.path] == nil {
        guard let name = file.file else { continue }
        do { kept[file.path] = try disk.readOwn("\(path)/\(name)") } catch {
          throw RunError(.internalError, error.message)
        }
      }
      return kept
    }
  }

  /// The workspace's tags as the run has read them; `nil` if it hasn't, or if its copy was modified.
  var tags: TagDirectory? {
    guard let list = history.lists.last(where: { $0.target == Request.tags(page: 1).target }),
      let bytes = try? disk.readOwn("\(path)/\(list.file)"), Digest.sha256(bytes) == list.sha256,
      let answer = try? TagsAnswer(Answer(status: 200, body: bytes))
    else { return nil }
    return TagDirectory(answer.tags)
  }

  /// Returns the plan that the run applies.
  func plan() throws(RunError) -> PlanFile {
    let bytes: [UInt8]
    do { bytes = try disk.readOwn("\(path)/\(RunJournal.planName)") } catch {
      throw RunError(.internalError, error.message)
    }
    let file = try PlanFile.read(bytes)
    guard file.hash == start.sha256 else {
      throw RunError(.stalePlan, "the plan of run \(id) has been changed", help: "make a new plan")
    }
    return file
  }

  /// Locks the run, sets an incomplete last line aside, and records in the journal that the run is
  /// resumed.
  func resume(_ binding: WorkspaceBinding) throws(RunError) -> RunJournal {
    do throws(DiskError) {
      let directory = try SystemRunDirectory(path, disk, isNew: false)
      guard try directory.read("journal.jsonl") == bytes else {
        throw DiskError("another process resumed run \(id) in the meantime")
      }
      if journal.isTorn {
        try directory.setAside(bytes[journal.length...], keeping: journal.length)
      }
      var recorder = RunJournal(
        binding.store, start, in: directory, after: journal, history,
        token: binding.identity.fingerprint, settling: settlements,
        time: { [clock] in clock.wallTime() })
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
  /// The state: `done`, `partly`, `interrupted` or `under way`.
  var state: String {
    guard let end = history.end else { return isUnderWay ? "under way" : "interrupted" }
    if !end.isComplete { return "interrupted" }
    return end.exitCode == 0 ? "done" : "partly"
  }

  /// `true` iff a process has locked its journal.
  var isUnderWay: Bool { Self.isUnderWay(path) }

  /// `true` iff a process has locked the journal in this directory, which may be unreadable.
  static func isUnderWay(_ path: String) -> Bool {
    guard let journal = try? SystemFile.open("\(path)/journal.jsonl", O_NOFOLLOW) else {
      return false
    }
    defer { close(journal) }
    return flock(journal, LOCK_SH | LOCK_NB) != 0
  }
}

extension RunError {
  static func changedScript(_ name: String) -> RunError {
    RunError(
      .stalePlan, "`\(name)`, or a file that it uses, has changed since the run started",
      help: "start a new run")
  }
}
