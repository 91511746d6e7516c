import ArgumentParser
import Evaluation
import Glibc

/// Ends the program with an exit code, after the error has been reported.
struct CommandFailure: Error {
  let exitCode: Evaluation.ExitCode
}
