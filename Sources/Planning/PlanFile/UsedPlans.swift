import Evaluation

/// A record of the plans that have been applied. A plan is applied at most once, by one run.
package protocol UsedPlans: Sendable {
  /// Returns the run that started to apply the plan: `nil` if none did, an empty string if it is
  /// not known which one.
  func run(using hash: String) -> String?
  /// `true` iff the run that started to apply the plan can be resumed.
  func canResume(_ run: String) -> Bool
  /// Records that `run` is about to apply the plan; the record is on disk when this returns.
  /// Returns `false` if another run, in any process, was recorded first.
  func markApplied(_ hash: String, by run: String) throws(DiskError) -> Bool
}
