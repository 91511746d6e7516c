import ArgumentParser
import Evaluation
import Execution
import Language
import Planning
import Text

struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Plan the inverse of a run; change nothing.",
    discussion: """
      What was updated gets its name, folder, external id and parent back; what was created is \
      deleted; what was deleted comes back as a shell, on the shell of its parent where that was \
      deleted too. Credentials do not come back. The plan is \
      carried out with conn apply, which leaves alone what was changed since. Without --out it is \
      shown, and not saved.
      """)

  @Argument(help: ArgumentHelp("The run, as conn runs lists it.", valueName: "run"))
  var name: String
  @Option(
    name: [.customShort("o"), .customLong("out")],
    help: ArgumentHelp("Where the plan is saved.", valueName: "plan"))
  var out: String?
  @Flag(help: "Show every row of long groups.") var all = false

  func run() throws {
    do throws(RunError) {
      let past = try RunArchive().run(name)
      guard let plan = try past.planUndoing() else { return }
      try PlanFiles.publish(plan, to: out, showsAll: all, StandardOutput.shared)
      past.sayWhatIsLost()
    } catch {
      ErrorPrinter(sources: SourceMap(), isColorDisabled: false).show(error)
      throw CommandFailure(exitCode: error.exitCode)
    }
  }
}

extension StoredRun {
  /// Returns the plan that takes the run back; `nil` where nothing can be: that has been said.
  func planUndoing() throws(RunError) -> SavedPlan? {
    guard history.end != nil || !isUnderWay else {
      throw RunError(.usage, "run \(id) is under way", help: "wait for its end")
    }
    let plan = try SavedPlan(
      undoing: history, of: id, sha256: journal.hash, at: Clock.instant(nil),
      on: WorkspaceIdentity(
        host: start.host, fingerprint: history.token ?? start.token, profile: start.profile))
    if !plan.steps.isEmpty { return plan }
    sayWhatIsLost()
    StandardOutput.shared.talk(
      "Nothing to undo: run \(id) left nothing that can be taken back.")
    return nil
  }

  func sayWhatIsLost() {
    for line in SavedPlan.lost(of: history) {
      StandardOutput.shared.talk("cannot come back: \(line.escapingHiddenCharacters())")
    }
  }
}
