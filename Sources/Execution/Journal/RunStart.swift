import API

/// What a run was started with.
package struct RunStart: Hashable, Sendable {
  package var version: String
  package var command: String
  /// The script's name, as diagnostics call it.
  package var script: String
  /// SHA-256 of the script and of the files that it uses; of the plan file where one is applied.
  package var sha256: String
  /// `true` iff the script's text is kept beside the journal.
  package var keepsScript: Bool
  package var arguments: [String]
  /// The working directory, from which its files are named.
  package var workingDirectory: String
  package var now: String
  package var host: String
  /// Tells tokens apart; says nothing of them.
  package var token: String
  package var profile: String?
  /// What else decides how the run goes on, as options of the command line.
  package var options: [String]

  /// `false` iff nothing is kept of the text that the run could go on from.
  package var canGoOn: Bool { keepsScript || command == "run" && script != "stdin" }

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
