import Glibc
import LineEditing

extension Host {
  /// The host of this process. Its environment and its working directory are read once.
  static func ofProcess() -> Host {
    let environment = environmentOfProcess()
    return Host(
      environment: environment, workingDirectory: directoryOfProcess(),
      input: StandardInput(STDIN_FILENO),
      output: StandardOutput(
        output: STDOUT_FILENO, errors: STDERR_FILENO, isDumb: TerminalModes.isDumb),
      clock: SystemClock(), interruptions: SignalInterruptions())
  }

  private static func environmentOfProcess() -> [String: String] {
    var variables: [String: String] = [:]
    var entryPointer = environ
    while let entry = entryPointer.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      entryPointer += 1
    }
    return variables
  }

  private static func directoryOfProcess() -> String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
