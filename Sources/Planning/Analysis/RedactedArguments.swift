import Evaluation
import Language

/// The arguments of a run as its journal keeps them: what may be a credential is not written down.
package enum RedactedArguments {
  private static let hidden = "‹hidden›"

  /// Returns `name=value` each, with `‹hidden›` in the place of what may go into a confidential field,
  /// or looks like a credential.
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

  /// `true` iff the script's own text gives a parameter a value that may go into a confidential field.
  package static func hasConfidentialDefault(_ script: CheckedScript) -> Bool {
    let confidential = SensitiveNames(script).all
    return script.parameters.contains { parameter in
      parameter.type != .secret && parameter.defaultValue != nil
        && confidential.contains(parameter.name)
    }
  }

  /// Returns the arguments with those that were not kept in their places. Throws where one of them is
  /// missing, or one is given that was kept.
  package static func restored(_ kept: [String], with given: [String], run: String)
    throws(RunError) -> [String]
  {
    var left = given
    let whole = kept.map { argument in
      let (name, value) = parts(argument)
      guard value == hidden, let place = left.firstIndex(where: { parts($0).name == name })
      else { return argument }
      return left.remove(at: place)
    }
    if let missing = whole.first(where: { parts($0).value == hidden }) {
      let name = parts(missing).name
      throw RunError(
        .usage, "the value of `\(name)` was not kept, since it may be a credential",
        help: "give it again: conn resume \(run) \(name)=…")
    }
    if let other = left.first {
      throw RunError(
        .usage, "`\(parts(other).name)` is kept as it was given when the run was begun",
        help: "only what was not kept can be given again")
    }
    return whole
  }

  private static func parts(_ argument: String) -> (name: String, value: String) {
    let name = argument.prefix { $0 != "=" }
    return (String(name), String(argument.dropFirst(name.count + 1)))
  }
}
