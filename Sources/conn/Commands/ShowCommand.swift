import ArgumentParser
import Engine
import Glibc
import Language

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a plan, or a run of the past: what, to what, and why; send nothing.")

  @Argument(help: "The file of a plan, or a run as conn runs lists it.") var name: String
  @Flag(help: "The plan as JSON; of a run its journal, a record a line.") var json = false
  @Flag(help: "Show every row of long groups.") var all = false

  func run() throws {
    do throws(RunError) {
      StandardOutput.shared.data(try SystemDisk().exists(name) ? plan() : past())
    } catch {
      ErrorPrinter(sources: SourceMap(), isOff: false).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }

  private func plan() throws(RunError) -> String {
    let file = try PlanFiles.file(name)
    if json { return String(decoding: file.bytes, as: UTF8.self) }
    return PlanPage(file.plan, hash: file.hash, showsAll: all, width: TerminalStyle.width).text
  }

  private func past() throws(RunError) -> String {
    guard let run = try RunCatalog().find(name) else {
      throw RunError(
        .usage, "there is no plan file or run `\(name.escapingHiddenCharacters())`",
        help: "conn runs lists the runs")
    }
    if json { return String(decoding: run.wholeLines, as: UTF8.self) }
    return try RunPage(run: run).text(
      style: TerminalStyle.style(of: STDOUT_FILENO, isOff: false), width: TerminalStyle.width)
  }
}

/// Plans on the disk.
enum PlanFiles {
  /// Throws what the program is to end with; what is wrong has been said.
  static func read(_ path: String) throws -> PlanFile {
    do throws(RunError) { return try file(path) } catch {
      ErrorPrinter(sources: SourceMap(), isOff: false).show(error)
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
