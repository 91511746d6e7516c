import Evaluation

/// The plans that were carried out: each is, once, by one run.
package protocol UsedPlans: Sendable {
  /// Returns the run that was about to carry the plan out, `nil` where there was none; empty where it
  /// is not known which.
  func run(using hash: String) -> String?
  /// Notes that a run is about to carry the plan out, on disk before it returns.
  /// Returns `false` where another run was noted before, by whichever process.
  func markApplied(_ hash: String, by run: String) throws(DiskError) -> Bool
}
