import Evaluation
import Language

/// Hides and restores those arguments of a run that may be credentials.
///
/// A journal is a plain file that may be copied or shared. It therefore keeps `‹hidden›` in place
/// of such a value, and `conn resume` has to be given the value again.
package enum RedactedArguments {
  private static let hidden = "‹hidden›"

  /// Returns the arguments as `name=value`. A value that may end up in a confidential field, or
  /// that looks like a credential, becomes `‹hidden›`.
  package static func kept(_ arguments: [String], of script: CheckedScript) -> [String] {
    let confidential = SensitiveNames(script).all
    let secrets = Set(script.parameters.filter { $0.type == .secret }.map(\.name))
    return arguments.map { argument in
      let (name, value) = parts(argument)
      if secrets.contains(name) { return argument }
      let isHidden =
        confidential.contains(name) || CredentialScanner.isCredential(value, key: name)
      return isHidden ? "\(name)=\(hidden)" : argument
    }
  }

  /// Returns `true` iff the script itself contains a default that may end up in a confidential
  /// field.
  package static func hasConfidentialDefault(_ script: CheckedScript) -> Bool {
    let confidential = SensitiveNames(script).all
    return script.parameters.contains { parameter in
      parameter.type != .secret && parameter.defaultValue != nil
        && confidential.contains(parameter.name)
    }
  }

  /// Returns the kept arguments with each hidden value replaced by the one in `given`. Throws if a
  /// hidden value is missing from `given`, or if `given` names an argument that was kept.
  package static func restored(_ kept: [String], with given: [String], run: String)
    throws(RunError) -> [String]
  {
    var left = given
    let whole = kept.map { argument in
      let (name, value) = parts(argument)
      guard value == hidden, let index = left.firstIndex(where: { parts($0).name == name })
      else { return argument }
      return left.remove(at: index)
    }
    if let missing = whole.first(where: { parts($0).value == hidden }) {
      let name = parts(missing).name
      throw RunError(
        .usage, "the value of `\(name)` was not saved because it may be a credential",
        help: "pass it again: conn resume \(run) \(name)=…")
    }
    if let other = left.first {
      throw RunError(
        .usage, "`\(parts(other).name)` can't be changed: the run keeps the value it started with",
        help: "pass only the values that were not saved")
    }
    return whole
  }

  private static func parts(_ argument: String) -> (name: String, value: String) {
    let name = argument.prefix { $0 != "=" }
    return (String(name), String(argument.dropFirst(name.count + 1)))
  }
}
