import ArgumentParser
import Evaluation
import Language
import Planning

/// Reads, saves and shows plan files.
struct PlanFiles {
  let host: Host

  /// Saves a plan and then shows it, so that what is shown is what the file contains. If `path` is
  /// `nil`, the plan is only shown.
  func publish(
    _ plan: PlanDocument, to path: String?, _ output: any Output,
    _ detail: PlanPage.Detail = PlanPage.Detail(), seconds: Double? = nil
  ) throws(RunError) {
    guard let path else { return show(plan, hash: nil, output, detail, seconds: seconds) }
    let file = try PlanFile(sealing: plan)
    do throws(DiskError) { try store(file, at: path) } catch {
      throw RunError(.usage, error.message)
    }
    show(plan, hash: file.hash, output, detail, seconds: seconds)
    let option = plan.header.workspace.host == "simulator" ? " --simulator" : ""
    output.talk("Saved. To apply it: conn apply \(path)\(option)")
  }

  /// Shows a plan; `hash` is that of its file, if it was saved.
  func show(
    _ plan: PlanDocument, hash: String?, _ output: any Output, _ detail: PlanPage.Detail,
    seconds: Double? = nil
  ) {
    output.data(PlanPage(plan, hash: hash, detail, width: host.width, seconds: seconds).text)
  }

  /// Writes a plan file. Only an existing plan is replaced: it is easy to name a script by mistake.
  private func store(_ file: PlanFile, at path: String) throws(DiskError) {
    let disk = host.disk
    if disk.exists(path), !PlanFile.isMeant(by: try disk.readRegular(path, limit: 1 << 10)) {
      throw DiskError("`\(path)` exists and is not a plan file; choose another name")
    }
    try disk.replace(path, with: file.bytes)
  }

  func read(_ path: String) throws(RunError) -> PlanFile {
    let bytes: [UInt8]
    do throws(DiskError) { bytes = try host.disk.readRegular(path, limit: PlanFile.limit) } catch {
      throw RunError(.usage, error.message)
    }
    return try PlanFile.read(bytes)
  }
}
