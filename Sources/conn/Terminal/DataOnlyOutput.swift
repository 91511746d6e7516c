import Evaluation

/// Prints results but no messages, for `--quiet`.
struct DataOnlyOutput: Output {
  private let output: any Output

  init(_ output: any Output) { self.output = output }

  func data(_ text: String) { output.data(text) }
  func talk(_ line: String) {}
  func progress(_ line: String) {}
  var showsProgress: Bool { false }
}
