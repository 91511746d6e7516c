/// What a person must type before writes are sent.
package enum ConfirmationChallenge: Sendable, Equatable {
  case yes
  case number(Int)
  /// The name of the server.
  case host(String)

  /// One row: y; several: their number.
  package init(writes: Int) { self = writes > 1 ? .number(writes) : .yes }

  package var question: String {
    switch self {
    case .yes: "Go on? [y/N] "
    case .number(let count): "Type \(count) to go on: "
    case .host(let name): "Type \(name) to go on: "
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
