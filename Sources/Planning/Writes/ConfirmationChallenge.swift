/// The answer that a person must type before writes are sent.
package enum ConfirmationChallenge: Sendable, Equatable {
  case yes
  case number(Int)
  /// The host name of the server.
  case host(String)

  /// Asks for `y` if there is one write, otherwise for their number.
  package init(writes: Int) { self = writes > 1 ? .number(writes) : .yes }

  package var question: String {
    switch self {
    case .yes: "Continue? [y/N] "
    case .number(let count): "Type \(count) to continue: "
    case .host(let name): "Type \(name) to continue: "
    }
  }

  package func accepts(_ answer: String) -> Bool {
    switch self {
    case .yes: ["y", "yes"].contains(answer.lowercased())
    case .number(let count): answer == String(count)
    case .host(let name): answer == name
    }
  }
}
