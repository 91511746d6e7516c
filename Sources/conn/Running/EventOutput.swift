import Evaluation
import Execution
import Glibc
import Synchronization

/// Emits results as events, for runs whose events go to stdout.
struct EventOutput: Output {
  let events: any EventSink
  let rest: any Output

  func data(_ text: String) { events.emit(.output(text)) }
  func talk(_ line: String) { rest.talk(line) }
  func progress(_ line: String) { rest.progress(line) }
  var showsProgress: Bool { rest.showsProgress }
}
