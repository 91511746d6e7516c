import Evaluation
import Language

/// An error whose report has been shown, as diagnostics or as the end of a run. Only its exit code
/// is left to tell.
struct ReportedFailure: Error {
  let exitCode: Evaluation.ExitCode
}

/// An error in one of these texts.
struct LocatedError: Error {
  let error: RunError
  let sources: SourceMap
}
