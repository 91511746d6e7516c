import Evaluation
import JSON
import Language
import Text

/// The profiles of a machine.
package struct Configuration: Sendable {
  package let profiles: [WorkspaceProfile]
  /// The profile that is used where nothing else chooses one.
  package let standard: String?

  package static let none = Configuration(profiles: [], standard: nil)

  private init(profiles: [WorkspaceProfile], standard: String?) {
    self.profiles = profiles
    self.standard = standard
  }

  package init(_ checked: CheckedConfiguration, sources: SourceMap) {
    profiles = checked.profiles.compactMap { WorkspaceProfile($0, sources) }
    standard = checked.standard
  }

  /// Throws with exit 2 where there is none; `origin` says who asked for it.
  package func profile(_ name: String, from origin: String) throws(RunError) -> WorkspaceProfile {
    if let profile = profiles.first(where: { $0.name.hasSameBytes(as: name) }) { return profile }
    let names = profiles.map(\.name)
    let all = names.isEmpty ? "there are no profiles" : "the profiles are \(ListText.listed(names))"
    let near = Diagnostic.nearest(name, among: names).map { "did you mean `\($0)`? " } ?? ""
    throw RunError(.usage, "\(origin): there is no profile `\(name)`", help: near + all)
  }
}
