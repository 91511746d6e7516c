import ConnectionsClient
import Evaluation
import Language
import Synchronization
import Text

/// Completes `name=value` for the parameters of the script that is named before it.
struct ParameterCandidates {
  let host: Host
  let typed: TypedCommand

  /// Maximum size of a script in bytes. To check a larger one takes longer than a user waits.
  private static let most = 1 << 18

  /// Returns nothing if the script has errors.
  func candidates(_ word: String) -> [Candidate] {
    guard let analysis = analysis(), let script = analysis.script else { return [] }
    host.secrets.add(literals: script.credentialLiterals.union(script.credentialDefaults))
    if let equals = word.firstIndex(of: "=") {
      let parameter = script.parameters.first { $0.name == word[..<equals] }
      return parameter.map { assignments($0, String(word[word.index(after: equals)...])) } ?? []
    }
    let given = Set(typed.values.compactMap { $0.split(separator: "=").first.map(String.init) })
    return script.parameters.filter { !given.contains($0.name) }.map { parameter in
      Candidate(parameter.name + "=", .value, detail(of: parameter, analysis.sources))
    }
  }

  private func detail(of parameter: CheckedParameter, _ sources: SourceMap) -> String {
    let value = parameter.defaultValue.map { " = " + sources.text($0.span) } ?? ", required"
    return "\(parameter.type)\(value)" + (parameter.documentation.map { "  \($0)" } ?? "")
  }

  /// The values that are known to be valid, and the files if the parameter names one.
  private func assignments(_ parameter: CheckedParameter, _ value: String) -> [Candidate] {
    let files = namesFile(parameter) ? FileNames(host: host).candidates(value, []) : []
    return parameter.assignments
      + files.map { Candidate("\(parameter.name)=\($0.text)", $0.kind, $0.detail) }
  }

  /// `true` iff the script reads rows from the file that the parameter names: with another name, the
  /// check asks for another file.
  private func namesFile(_ parameter: CheckedParameter) -> Bool {
    let name = "\(parameter.name).csv"
    let isRead = Atomic(false)
    _ = analysis(["\(parameter.name)=\(name)"]) { path in
      if path == name { isRead.store(true, ordering: .relaxed) }
    }
    return isRead.load(ordering: .relaxed)
  }

  /// Checks the script without a look at data files, which may be large. `asked` is called with the
  /// path of each.
  private func analysis(
    _ arguments: [String]? = nil, _ asked: @escaping @Sendable (String) -> Void = { _ in }
  ) -> Analysis? {
    guard let text, let input = try? host.script(text, arguments: arguments),
      var scope = try? ScriptFileAccess(host: host).scope()
    else { return nil }
    scope.files = { file in
      asked(file.path)
      return .unknown
    }
    return Analysis(input, vocabulary: .standard, scope: scope)
  }

  /// The text of the script; `nil` for stdin and for a pipe, which completion must not read.
  private var text: ScriptRunner.Text? {
    if let line = typed.value(of: "--eval") { return .line(line) }
    guard let first = typed.values.first else { return nil }
    if typed.command.positionals.first?.valueName == "pipeline" { return .line(first) }
    return first != "-" && host.disk.isFile(first, noLargerThan: Self.most)
      ? .file(first) : nil
  }
}

extension CheckedScript {
  /// The defaults of parameters that are named like credentials.
  fileprivate var credentialDefaults: [String] {
    parameters.filter { CredentialName.fits($0.name) }.compactMap(\.defaultValue?.literal?.argument)
  }
}

extension CheckedParameter {
  /// The assignments of the default, and of both values of a bool.
  fileprivate var assignments: [Candidate] {
    let standard = defaultValue?.literal?.argument
    let all = type == .bool ? ["true", "false"] : [standard].compactMap(\.self)
    return all.map { Candidate("\(name)=\($0)", .value, $0 == standard ? "default" : "") }
  }
}

extension Literal {
  /// The value as it is written on the command line.
  fileprivate var argument: String? {
    switch self {
    case .null: nil
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .string(let text): text
    case .timestamp(let time): time.iso8601
    case .duration(let span): "\(span)"
    }
  }
}
