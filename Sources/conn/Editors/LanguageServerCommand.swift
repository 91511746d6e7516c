import ArgumentParser
import ConnectionsClient
import Evaluation
import Glibc
import Language
import LanguageServer

struct LanguageServerCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp", abstract: "Answer an editor on stdin and stdout; sends nothing.",
    discussion: """
      Speaks the Language Server Protocol. It reads no files but those that a script names with use, \
      and writes none.

      Example: conn lsp
      """)

  @Flag(help: "Use stdin and stdout, which is also the default.") var stdio = false

  func run(on host: Host) async throws {
    var session = LanguageSession(scope: try scope(host))
    while !session.isFinished {
      let isIdle = !FileBytes.hasInput(host.input.descriptor, wait: !session.hasUncheckedDocument)
      if isIdle {
        if let message = session.checkNext() { send(message, host) }
      } else {
        guard let bytes = FileBytes.readSome(host.input.descriptor) else { return }
        session.receive(bytes).forEach { send($0, host) }
      }
      guard !host.output.isOutputClosed else { return }
    }
    if !session.endedProperly { throw ReportedFailure(exitCode: .someFailed) }
  }

  /// The scope of `conn check`, except that rows of files aren't read.
  private func scope(_ host: Host) throws -> Scope {
    var scope = try ScriptFileAccess(host: host).scope()
    scope.files = { _ in .unknown }
    return scope
  }

  /// Sends a message. Secrets are masked before its length is taken.
  private func send(_ message: String, _ host: Host) {
    host.output.data(LanguageSession.framed(host.secrets.masking(message)))
  }
}
