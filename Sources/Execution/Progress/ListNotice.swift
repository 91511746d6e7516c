import API
import Evaluation

/// Tells the user, once for each reason, that a list may be incomplete.
struct ListNotice: Sendable {
  private var told: Set<String> = []

  mutating func tell(_ list: ConnectionList, _ output: any Output) {
    guard let doubt = list.doubt, told.insert(doubt).inserted else { return }
    output.talk(
      """
      warning: the list may be incomplete: \(doubt)
         = help: what it shows is used, but a connection that it lacks may still exist
      """)
  }
}
