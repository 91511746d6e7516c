import ArgumentParser
import Evaluation
import Glibc

/// Ends the program with a code; what is to be said has been said.
struct CommandFailure: Error {
  let exitCode: Evaluation.ExitCode
}
