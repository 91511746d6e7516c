import Evaluation

/// Prints results as messages, on stderr, if stdout is for something else.
struct MessageOutput: Output {
  private let output: any Output

  init(_ output: any Output) { self.output = output }

  func data(_ text: String) { if !text.isEmpty { output.talk(text.trimmingNewlines) } }
  func talk(_ line: String) { output.talk(line) }
  func progress(_ line: String) { output.progress(line) }
  var showsProgress: Bool { output.showsProgress }
}
