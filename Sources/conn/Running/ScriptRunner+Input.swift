import Evaluation
import Glibc
import Language

extension ScriptRunner {
  /// The source of a script's text: a file (`-` for stdin), or a line.
  enum Text {
    case file(String)
    case line(String)

    var command: String { if case .file = self { "run" } else { "eval" } }
  }
}

extension Host {
  /// Reads the text of a script; `arguments` are those on the command line.
  func script(_ text: ScriptRunner.Text, arguments: [String]? = nil) throws(RunError)
    -> Analysis.Input
  {
    let (name, bytes) =
      switch text {
      case .line(let line): ("eval", Array(line.utf8))
      case .file("-"): ("stdin", try standardInput())
      case .file(let path): (path, try contents(path))
      }
    return Analysis.Input(name: name, bytes: bytes, arguments: arguments)
  }

  private func standardInput() throws(RunError) -> [UInt8] {
    guard let bytes = input.script(limit: Analysis.maxBytes) else {
      throw RunError(.usage, "cannot read stdin: \(String(cString: strerror(errno)))")
    }
    if bytes.count <= Analysis.maxBytes { return bytes }
    throw RunError(.usage, "the script is larger than \(Analysis.maxBytes >> 20) MiB")
  }

  private func contents(_ path: String) throws(RunError) -> [UInt8] {
    do throws(DiskError) { return try disk.readScript(path) } catch {
      throw RunError(.usage, error.message)
    }
  }
}
