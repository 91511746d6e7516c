import Evaluation
import Glibc
import LineEditing

extension Host {
  /// The host of this process. Its environment and its working directory are read once.
  static func ofProcess() -> Host {
    let environment = environmentOfProcess()
    var host = Host(
      environment: environment.variables, workingDirectory: directoryOfProcess(),
      input: StandardInput(STDIN_FILENO),
      output: StandardOutput(
        output: STDOUT_FILENO, errors: STDERR_FILENO, isDumb: TerminalModes.isDumb),
      clock: SystemClock(), interruptions: SignalInterruptions())
    host.invalidVariables = environment.invalid
    return host
  }

  /// The variables of the process, without those whose name or value isn't UTF-8, and the names of
  /// those whose value isn't.
  private static func environmentOfProcess() -> (variables: [String: String], invalid: Set<String>)
  {
    var variables: [String: String] = [:]
    var invalid: Set<String> = []
    var entryPointer = environ
    while let entry = entryPointer.pointee {
      entryPointer += 1
      let bytes = UnsafeRawBufferPointer(start: entry, count: strlen(entry))
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
        let name = String(validating: bytes[..<equals], as: UTF8.self)
      else { continue }
      if let value = String(validating: bytes[(equals + 1)...], as: UTF8.self) {
        variables[name] = value
      } else {
        invalid.insert(name)
      }
    }
    return (variables, invalid)
  }

  /// The arguments after the program's name. Throws for one that isn't UTF-8, which can only be shown
  /// changed.
  static func argumentsOfProcess() throws(RunError) -> [String] {
    var arguments: [String] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let bytes = CommandLine.unsafeArgv[index] else { break }
      guard let text = String(validatingCString: bytes) else {
        throw RunError(.usage, "argument \(index), `\(String(cString: bytes))`, is not UTF-8")
      }
      arguments.append(text)
    }
    return arguments
  }

  /// The working directory; bytes that aren't UTF-8 are replaced.
  private static func directoryOfProcess() -> String {
    directoryBytes().map { String(decoding: $0, as: UTF8.self) } ?? "/"
  }

  /// Throws if the name of the working directory isn't UTF-8: files in it would not be found.
  static func requireDirectoryOfProcess() throws(RunError) {
    guard let bytes = directoryBytes(), String(validating: bytes, as: UTF8.self) == nil else {
      return
    }
    throw RunError(
      .usage, "the name of the working directory, `\(directoryOfProcess())`, is not UTF-8",
      help: "start conn in another directory")
  }

  private static func directoryBytes() -> [UInt8]? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))
  }
}
