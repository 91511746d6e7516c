import API

/// The journal's first record: what a run was started with.
package struct RunStart: Hashable, Sendable {
  package var version: String
  package var command: String
  /// The script's name, as in diagnostics.
  package var script: String
  /// SHA-256 of the script and the files it uses, or of the plan file being applied.
  package var sha256: String
  /// `true` iff the script is stored beside the journal.
  package var keepsScript: Bool
  package var arguments: [String]
  /// The working directory that relative file names refer to.
  package var workingDirectory: String
  package var now: String
  package var host: String
  /// The token's fingerprint, which identifies a token without revealing it.
  package var token: String
  package var profile: String?
  /// Other command-line options that a resumed run needs.
  package var options: [String]

  /// `false` iff the run can't be resumed because its script was not kept.
  package var canResume: Bool { keepsScript || command == "run" && script != "stdin" }

  /// `true` iff the run applies a plan, which no other run can apply.
  package var appliesPlan: Bool { command == "apply" }

  /// The reason why the script of a run that can't be resumed isn't stored.
  package var obstacle: String {
    let mayUseNames = command == Self.promptCommand
    return "it holds a credential" + (mayUseNames ? " or uses names of the session" : "")
  }

  /// The command of runs that are started at the prompt.
  package static let promptCommand = "repl"

  package init(
    version: String = Version.number, command: String, script: String, sha256: String,
    keepsScript: Bool, arguments: [String], workingDirectory: String = "/", now: String,
    host: String, token: String,
    profile: String?, options: [String]
  ) {
    self.version = version
    self.command = command
    self.script = script
    self.sha256 = sha256
    self.keepsScript = keepsScript
    self.arguments = arguments
    self.workingDirectory = workingDirectory
    self.now = now
    self.host = host
    self.token = token
    self.profile = profile
    self.options = options
  }
}
