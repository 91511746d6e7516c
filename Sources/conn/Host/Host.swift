import ConnectionsClient
import Evaluation
import Language
import LineEditing

/// Everything outside the program that a command may use: streams, variables, files, time, signals
/// and the network. `main` makes the host of the process; tests make others.
struct Host: Sendable {
  var environment: [String: String]
  /// The names of the variables whose values aren't UTF-8.
  var invalidVariables: Set<String> = []
  /// The absolute path of the directory that relative paths refer to.
  var workingDirectory: String
  let input: StandardInput
  let output: StandardOutput
  let clock: any HostClock
  let interruptions: any Interruptions
  var network = Network()
  /// The variables with tokens and secrets.
  let withholding = Withholding()
  let checkedDataFiles = CheckedDataFiles()
  /// `true` iff the command was told to use no colours.
  var isColorDisabled = false

  /// The values that a script starts with.
  func values(now: Timestamp) -> Environment {
    var values = Environment(now: now, process: environment)
    values.invalidVariables = invalidVariables
    values.withheld = withheldVariables
    return values
  }

  var disk: SystemDisk {
    SystemDisk(directory: workingDirectory, home: environment["HOME"], secrets: secrets)
  }

  /// The files and stdin, as data for scripts.
  var dataDisk: DataDisk { DataDisk(disk: disk, input: input, checked: checkedDataFiles) }

  var state: StateDirectory { StateDirectory(environment: environment) }

  var terminal: StandardTerminal { StandardTerminal(host: self) }

  /// `true` iff a prompt can be shown: lines are typed on a terminal, and results go to one.
  var hasTerminal: Bool { input.isTerminal && output.showsToTerminal }
}
