/// The answer that a person must type before writes are sent.
package enum ConfirmationChallenge: Sendable, Equatable {
  case yes
  case number(Int)
  /// The name of the profile, or the host name of the server.
  case name(String)

  /// Asks for `y` if there is one write, otherwise for their number.
  package init(writes: Int) { self = writes > 1 ? .number(writes) : .yes }

  /// The question; `offersAll` is `true` iff ``viewing`` is an answer as well.
  package func question(offersAll: Bool = false) -> String {
    let view = offersAll ? ", or \(Self.viewing) to view all" : ""
    return switch self {
    case .yes: "Continue? [y/N\(view)] "
    case .number(let count): "Type \(count) to continue\(view): "
    case .name(let name): "Type \(name) to continue\(view): "
    }
  }

  /// The answer that asks for all of the plan; the question is then asked again.
  package static let viewing = "v"

  package func accepts(_ answer: String) -> Bool {
    switch self {
    case .yes: ["y", "yes"].contains(answer.lowercased())
    case .number(let count): answer == String(count)
    case .name(let name): answer == name
    }
  }
}
