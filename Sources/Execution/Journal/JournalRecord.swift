import Planning

/// A line of a run's journal, without its time and hashes.
package enum JournalRecord: Hashable, Sendable {
  case start(RunStart)
  /// Another process resumed the run and writes from here on.
  case resumed(version: String, token: String)
  case list(RecordedList)
  /// A file whose rows the script used; `file` is the run's copy, or `nil` if none was kept.
  case file(path: String, sha256: String, file: String?)
  /// The ids that existed before the first create.
  case known(KnownIDs)
  case plan(PlanDigest)
  /// Written before the call is sent.
  case intent(Intent)
  case outcome(RecordedOutcome)
  /// The end of a process; `isComplete` is `false` if the run can be resumed.
  case end(exitCode: Int32, isComplete: Bool, sentence: String?)
}
