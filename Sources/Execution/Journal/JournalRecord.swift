import Planning

/// A line of a run's journal, but for its time and the hash of the line before.
package enum JournalRecord: Hashable, Sendable {
  case start(RunStart)
  /// The run goes on; from here on another process writes.
  case resumed(version: String, token: String)
  /// The answer to this request, which the script was carried out on, is kept in a file of the run.
  case list(file: String, sha256: String, target: String)
  /// A file whose rows the script was carried out on; `file` is the run's own copy of it.
  case file(path: String, sha256: String, file: String?)
  /// The ids that there were before the first create.
  case known([Int64])
  case plan(RecordedPlan)
  /// Stored before the call leaves.
  case intent(Intent)
  case outcome(RecordedOutcome)
  /// `isComplete` iff nothing is left to go on with.
  case end(exitCode: Int32, isComplete: Bool, sentence: String?)
}
