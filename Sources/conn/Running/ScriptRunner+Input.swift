import Evaluation
import Glibc
import Language

/// Reads the text of a script.
extension ScriptRunner {
  /// The source of a script's text: a file (`-` for stdin), or a line.
  enum Text {
    case file(String)
    case line(String)

    var command: String { if case .file = self { "run" } else { "eval" } }
  }

  private static func standardInput() throws -> [UInt8] {
    if let bytes = FileBytes.read(STDIN_FILENO) { return bytes }
    StandardOutput.shared.talk("error: cannot read stdin: \(String(cString: strerror(errno)))")
    throw CommandFailure(exitCode: .usage)
  }

  static func input(_ text: Text, arguments: [String]?) throws -> Analysis.Input {
    switch text {
    case .line(let line):
      return Analysis.Input(name: "eval", bytes: Array(line.utf8), arguments: arguments)
    case .file("-"):
      return Analysis.Input(
        name: "stdin", bytes: try standardInput(), arguments: arguments)
    case .file(let path):
      do throws(DiskError) {
        return Analysis.Input(name: path, bytes: try SystemDisk().read(path), arguments: arguments)
      } catch {
        StandardOutput.shared.talk("error: \(error.message)")
        throw CommandFailure(exitCode: .usage)
      }
    }
  }
}
