import API
import Evaluation
import JSON
import Language
import Planning
import Text

/// The journal of a run, in both directions: what an earlier process wrote to it, and what this one
/// appends.
///
/// A run that only reads leaves no journal: the directory is created at the first write, and what was
/// read before that is held in memory until then.
package struct RunJournal: Sendable {
  package internal(set) var replay = Replay()
  private let store: any RunStore
  private let start: RunStart
  /// A file kept beside the journal: the script, unless it may hold a secret, or the plan.
  private let attachment: Attachment?
  private let time: @Sendable () -> String
  package private(set) var directory: (any RunDirectory)?
  private var chain = JournalEncoder()
  /// Lists received, and files read, before the journal was opened.
  private var unkept: [(kind: String, rows: [String], target: String, doubt: String?)] = []
  private var unnoted: [InputFile] = []
  /// The rows in ``unkept``, by the digest of their text, so that equal lists share them.
  private var held: [String: [String]] = [:]
  private var lists = ListArchive()
  /// The stored copies of files, by their digest, and how often the journal names one.
  private var copies: [String: String] = [:]
  private var copiesNamed = 0
  /// The error after which nothing more is appended, because the last line may be torn.
  private var problem: DiskError?

  /// A file of the run beside its journal.
  package struct Attachment: Sendable {
    let name: String
    let bytes: [UInt8]

    package init(_ name: String, _ bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  package static let scriptName = "script.conn"
  package static let planName = "plan.json"

  /// Starts a new run; `time` returns the wall-clock time in UTC.
  package init(
    _ store: any RunStore, _ start: RunStart, keeping attachment: Attachment? = nil,
    time: @escaping @Sendable () -> String
  ) {
    self.store = store
    self.start = start
    self.attachment = attachment
    self.time = time
  }

  /// Resumes the run in `directory`. `token` is the fingerprint of this process's token.
  package init(
    _ store: any RunStore, _ start: RunStart, in directory: any RunDirectory,
    after journal: ParsedJournal, _ past: RunHistory, token: String, settling: [Settlement] = [],
    time: @escaping @Sendable () -> String
  ) {
    self.init(store, start, time: time)
    replay = Replay(past, start, in: directory, token: token, settling: settling)
    self.directory = directory
    chain = journal.chain
    lists = ListArchive(past.keptLists)
    copies = Dictionary(
      past.keptFiles.map { ($0.sha256, $0.file) }, uniquingKeysWith: { first, _ in first })
    copiesNamed = past.keptFiles.count
  }

  /// `false` iff the run can't be resumed because its script was not kept.
  package var canResume: Bool { start.canResume }

  /// The reason why the script isn't kept.
  package var obstacle: String { start.obstacle }

  /// `true` iff the journal's file was removed or replaced.
  package var isLost: Bool {
    do { try directory?.requireInPlace() } catch { return true }
    return false
  }

  /// `true` iff no write was started, so that a new run does the same. A plan can't have a new run.
  var leavesNothing: Bool { replay.writes.isEmpty && !start.appliesPlan }

  // MARK: Writing

  mutating func keep(_ list: ConnectionList, _ query: ListQuery) throws(DiskError) {
    try keep(
      "list", list.connections.map { JSON.object($0.object).text },
      target: Request.list(query).target, doubt: list.doubt)
  }

  mutating func keep(_ tags: [Tag]) throws(DiskError) {
    let rows = tags.map { tag in
      JSON.object(JSON.Object([("handle", .string(tag.handle)), ("title", .string(tag.title))]))
    }
    try keep("tags", rows.map(\.text), target: Request.tags(page: 1).target)
  }

  private mutating func keep(
    _ kind: String, _ rows: [String], target: String, doubt: String? = nil
  ) throws(DiskError) {
    guard let directory else { return hold(kind, rows, target, doubt) }
    var (list, content) = lists.add(rows.map(store.masking), kind, target: target)
    list.doubt = doubt
    if let content { try directory.write(list.file, Array(content.utf8)) }
    try append([.list(list)])
  }

  private mutating func hold(_ kind: String, _ rows: [String], _ target: String, _ doubt: String?) {
    let digest = Digest.sha256(ListArchive.text(rows).utf8)
    let rows = held[digest] ?? rows
    held[digest] = rows
    unkept.append((kind, rows, target, doubt))
  }

  mutating func record(_ file: InputFile) throws(RunError) {
    guard directory != nil else { return unnoted.append(file) }
    do { try keep(file) } catch {
      throw RunError(.internalError, "can't record the run: \(error.message)")
    }
  }

  private mutating func keep(_ file: InputFile) throws(DiskError) {
    let name = file.isKept ? try copy(file) : nil
    try append([.file(path: file.path, sha256: file.sha256, file: name)])
  }

  /// Returns the name of the file's copy, which is stored once however often the file is read.
  private mutating func copy(_ file: InputFile) throws(DiskError) -> String {
    copiesNamed += 1
    if let name = copies[file.sha256] { return name }
    let name = "rows-\(copiesNamed)"
    try directory?.write(name, file.bytes)
    copies[file.sha256] = name
    return name
  }

  /// Creates the run's directory and the start of its journal, unless they exist.
  mutating func open() throws(DiskError) {
    guard directory == nil else { return }
    let made = try store.create()
    directory = made
    if let attachment { try made.write(attachment.name, attachment.bytes) }
    try append([.start(start)])
    for file in unnoted { try keep(file) }
    for list in unkept {
      try keep(list.kind, list.rows, target: list.target, doubt: list.doubt)
    }
    (unkept, unnoted, held) = ([], [], [:])
  }

  /// Throws if what is appended couldn't be found again.
  func requireInPlace() throws(DiskError) {
    if let problem { throw problem }
    try directory?.requireInPlace()
  }

  package mutating func append(_ records: [JournalRecord]) throws(DiskError) {
    if let problem { throw problem }
    var bytes: [UInt8] = []
    let time = time()
    for record in records { bytes += chain.line(record, at: time, masking: store.masking) }
    do throws(DiskError) { try directory?.append(bytes) } catch {
      problem = error
      throw error
    }
    replay.apply(records)
  }

  /// Records the user's settlements of writes in doubt. Throws, without recording any, if a settlement
  /// names a connection that the list doesn't show.
  mutating func settle(in list: ConnectionList) throws(RunError) {
    let outcomes = try replay.removeSettlements(in: list)
    guard !outcomes.isEmpty else { return }
    do { try append(outcomes.map(JournalRecord.outcome)) } catch {
      throw RunError(.internalError, "couldn't record the settlement: \(error.message)")
    }
  }
}

extension PlanDigest {
  /// Throws with exit 6 unless `other` is the same plan, which was confirmed.
  func require(_ other: PlanDigest, at span: SourceSpan?) throws(RunError) {
    if isSame(as: other) { return }
    throw RunError(
      .stalePlan, "the script's writes no longer match the journal of this run",
      help: "its files or its environment have changed: start a new run", at: span)
  }
}
