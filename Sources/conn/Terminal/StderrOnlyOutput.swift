import ArgumentParser
import Evaluation

/// Prints messages but no results, since the output of a script isn't part of its plan.
struct StderrOnlyOutput: Output {
  private let output: any Output

  init(_ output: any Output) { self.output = output }

  func data(_ text: String) {}
  func talk(_ line: String) { output.talk(line) }
  func progress(_ line: String) { output.progress(line) }
  var showsProgress: Bool { output.showsProgress }
}
