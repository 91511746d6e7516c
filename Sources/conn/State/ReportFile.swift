import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

/// Writes a report to a new file. An existing file is never replaced.
struct ReportFile {
  let host: Host
  let path: String

  /// Throws if the file exists, so that a command can refuse before its work is done.
  func requireNew() throws(RunError) {
    guard host.disk.exists(path) else { return }
    throw RunError(
      .usage, "`\(path.escapingHiddenCharacters())` already exists",
      help: "choose another name for the report")
  }

  func write(_ page: HTMLPage) throws(RunError) {
    let text = page.text { host.secrets.masking($0) }
    do throws(DiskError) { try host.disk.create(path, with: Array(text.utf8)) } catch {
      throw RunError(.usage, error.message)
    }
  }
}
