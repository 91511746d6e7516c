import Evaluation
import Glibc
import Synchronization

/// Prints results but no messages, for `--quiet`.
struct DataOnlyOutput: Output {
  func data(_ text: String) { StandardOutput.shared.data(text) }
  func talk(_ line: String) {}
  func progress(_ line: String) {}
  var showsProgress: Bool { false }
}
