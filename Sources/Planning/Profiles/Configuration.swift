import Evaluation
import JSON
import Language
import Text

/// The profiles that the configuration file of this machine defines.
package struct Configuration: Sendable {
  package let profiles: [WorkspaceProfile]
  /// The name of the profile that is used if nothing else selects one.
  package let standard: String?

  package static let none = Configuration(profiles: [], standard: nil)
}

extension Configuration {
  package init(_ checked: CheckedConfiguration, sources: SourceMap) {
    profiles = checked.profiles.compactMap { WorkspaceProfile($0, sources) }
    standard = checked.standard
  }

  /// Returns the profile with this name. Throws with exit code 2 if there is none; `origin` names
  /// the option or variable that asked for it.
  package func profile(_ name: String, from origin: String) throws(RunError) -> WorkspaceProfile {
    if let profile = profiles.first(where: { $0.name.hasSameBytes(as: name) }) { return profile }
    let names = profiles.map(\.name)
    let all =
      names.isEmpty ? "no profiles are defined" : "the profiles are \(ListText.listed(names))"
    let near = Diagnostic.nearest(name, among: names).map { "did you mean `\($0)`? " } ?? ""
    throw RunError(.usage, "\(origin): unknown profile `\(name)`", help: near + all)
  }
}
