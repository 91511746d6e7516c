import ArgumentParser
import Engine
import Language

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a plan: what it will do, to what, and why; send nothing.")

  @Argument(help: "The file of a plan.") var plan: String
  @Flag(help: "The plan as JSON.") var json = false
  @Flag(help: "Show every row of long groups.") var all = false

  func run() throws {
    guard SystemDisk().exists(plan) else {
      StandardOutput.shared.talk(
        "error: there is no plan file or run `\(plan.escapingHiddenCharacters())`")
      throw CommandFailure(exitCode: .usage)
    }
    let file = try PlanFiles.read(plan)
    guard json else {
      return StandardOutput.shared.data(
        PlanPage(file.plan, hash: file.hash, showsAll: all).text)
    }
    StandardOutput.shared.data(String(decoding: file.bytes, as: UTF8.self))
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

  private static func file(_ path: String) throws(RunError) -> PlanFile {
    let bytes: [UInt8]
    do throws(DiskError) { bytes = try SystemDisk().read(path, limit: PlanFile.limit) } catch {
      throw RunError(.usage, error.message)
    }
    return try PlanFile.read(bytes)
  }
}
