import ArgumentParser
import Evaluation
import Glibc
import Language
import Planning

/// Plans on the disk.
enum PlanFiles {
  /// Throws what the program is to end with; what is wrong has been said.
  static func read(_ path: String) throws -> PlanFile {
    do throws(RunError) { return try file(path) } catch {
      ErrorPrinter(sources: SourceMap(), isColorDisabled: false).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }

  /// Shows the plan once it is saved, so that what is shown is what the file holds. `nil` saves
  /// nothing.
  static func publish(
    _ plan: SavedPlan, to path: String?, showsAll: Bool, seconds: Double? = nil,
    _ output: any Output
  ) throws(RunError) {
    guard let path else {
      return output.data(
        PlanPage(plan, hash: nil, showsAll: showsAll, width: TerminalStyle.width, seconds: seconds)
          .text)
    }
    let file = try PlanFile(sealing: plan)
    do throws(DiskError) { try store(file, at: path) } catch {
      throw RunError(.usage, error.message)
    }
    output.data(
      PlanPage(
        plan, hash: file.hash, showsAll: showsAll, width: TerminalStyle.width, seconds: seconds
      ).text)
    let place = plan.header.workspace.host == "simulator" ? " --simulator" : ""
    output.talk("Saved; `conn apply \(path)\(place)` carries it out.")
  }

  /// Replaces a plan, and no other file: a script is soon named in its place.
  private static func store(_ file: PlanFile, at path: String) throws(DiskError) {
    let disk = SystemDisk()
    if disk.exists(path), !PlanFile.isMeant(by: try disk.read(path, limit: 1 << 10)) {
      throw DiskError("`\(path)` is there, and is no plan: name another file")
    }
    try disk.replace(path, with: file.bytes)
  }

  static func file(_ path: String) throws(RunError) -> PlanFile {
    let bytes: [UInt8]
    do throws(DiskError) { bytes = try SystemDisk().readRegular(path, limit: PlanFile.limit) } catch
    {
      throw RunError(.usage, error.message)
    }
    return try PlanFile.read(bytes)
  }
}
