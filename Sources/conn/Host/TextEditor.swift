import Evaluation
import Glibc

/// Lets the user edit a text in their editor: `$VISUAL`, `$EDITOR` or `vi`.
struct TextEditor {
  let host: Host

  /// Returns the edited text. Throws if the editor is missing or fails. While it runs, the text is
  /// in a private temporary file.
  @MainActor func edited(_ text: String) throws(RunError) -> String {
    let environment = host.environment
    let wanted = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0?.trimmed }
    let editor = wanted.first { !$0.isEmpty } ?? "vi"
    let path = try temporaryFile(text, in: environment["TMPDIR"] ?? "/tmp")
    defer { unlink(path) }
    guard
      ChildProcess.run(
        ["/bin/sh", "-c", "\(editor) \"$0\"", path], environment: host.childEnvironment) == 0
    else {
      throw RunError(.usage, "the editor `\(editor)` failed", help: "set EDITOR to another editor")
    }
    var edited = try contents(path)
    while edited.last?.isNewline == true { edited.removeLast() }
    // Readline would cut the text off at the first NUL.
    guard !edited.contains("\0") else {
      throw RunError(.usage, "the edited text contains a NUL character")
    }
    return edited
  }

  private func contents(_ path: String) throws(RunError) -> String {
    do throws(DiskError) {
      return String(decoding: try host.disk.read(path), as: UTF8.self)
    } catch {
      throw RunError(.usage, error.message)
    }
  }

  private func temporaryFile(_ text: String, in directory: String) throws(RunError)
    -> String
  {
    var path = Array("\(directory)/conn-XXXXXX.conn".utf8CString)
    let descriptor = mkstemps(&path, Int32(".conn".utf8.count))
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else {
      throw RunError(.usage, SystemFile.problem("cannot create", name).message)
    }
    defer { close(descriptor) }
    guard FileBytes.write(text + "\n", to: descriptor) else {
      unlink(name)
      throw RunError(.usage, SystemFile.problem("cannot write", name).message)
    }
    return name
  }
}
