import ConnectionsClient
import LineEditing

/// Everything outside the program that a command may use: streams, variables, files, time, signals
/// and the network. `main` makes the host of the process; tests make others.
struct Host: Sendable {
  var environment: [String: String]
  /// The absolute path of the directory that relative paths refer to.
  var workingDirectory: String
  let input: StandardInput
  let output: StandardOutput
  let clock: any HostClock
  let interruptions: any Interruptions
  var network = Network()
  /// The variables with tokens and secrets.
  let withholding = Withholding()
  /// `true` iff the command was told to use no colours.
  var isColorDisabled = false

  var disk: SystemDisk { SystemDisk(directory: workingDirectory, secrets: secrets) }

  var state: StateDirectory { StateDirectory(environment: environment) }

  var terminal: StandardTerminal { StandardTerminal(host: self) }

  /// `true` iff a prompt can be shown: lines are typed on a terminal, and results go to one.
  var hasTerminal: Bool { input.isTerminal && output.showsToTerminal }
}
