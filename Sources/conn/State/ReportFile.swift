import ConnectionsClient
import Evaluation
import Language
import Planning
import Text

/// Writes a report to a file. Only an existing report is replaced: it is easy to name another page by
/// mistake.
struct ReportFile {
  let host: Host
  let path: String

  /// Throws if a file of the name exists and isn't a report, so that a command can refuse before its
  /// work is done.
  func requireWritable() throws(RunError) {
    do throws(DiskError) { try refuseOtherFile() } catch { throw RunError(.usage, error.message) }
  }

  func write(_ page: HTMLPage) throws(RunError) {
    let text = page.text { host.secrets.masking($0) }
    do throws(DiskError) {
      try refuseOtherFile()
      try host.disk.replace(path, with: Array(text.utf8))
    } catch {
      throw RunError(.usage, error.message)
    }
  }

  private func refuseOtherFile() throws(DiskError) {
    let disk = host.disk
    if disk.isFile(path), !HTMLPage.isMeant(by: try disk.readRegular(path, limit: 1 << 10)) {
      throw DiskError("`\(path)` exists and is not a report of conn; choose another name")
    }
  }
}
