import ArgumentParser
import Evaluation
import Execution
import Language
import Planning
import Text

struct UndoCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Plan the inverse of a run; changes nothing.",
    discussion: """
      Updated connections get their name, folder, external id and parent back. Created connections \
      are deleted. Deleted connections are created again as shells, under the shell of their \
      parent if that was deleted too. Credentials can't be restored. Apply the plan with conn \
      apply, which leaves alone what has changed since. Without --out the plan is only shown.

      Example: conn undo last --out undo.plan
      """
  ).belowConn

  @Argument(
    help: ArgumentHelp("The run: its name, a part of it, last or last-1.", valueName: "run"))
  var name: String
  @Option(
    name: [.customShort("o"), .customLong("out")],
    help: ArgumentHelp("File to save the plan to.", valueName: "plan"))
  var out: String?
  @Flag(help: "Show every write of the plan.") var all = false
  @Flag(help: "Show the plan's fingerprints and hashes, too.") var verbose = false

  func run(on host: Host) async throws {
    let archive = RunArchive(host)
    let past = try archive.run(name)
    guard let plan = try past.planUndoing(host, among: archive) else { return }
    try PlanFiles(host: host).publish(
      plan, to: out, host.output, PlanPage.Detail(showsAll: all, showsHashes: verbose))
    past.printLosses(host)
  }
}

extension StoredRun {
  /// Returns the plan that undoes the run, or `nil` after reporting that there is nothing to undo.
  /// `archive` holds the later runs, which may have undone it already.
  func planUndoing(_ host: Host, among archive: RunArchive) throws(RunError) -> PlanDocument? {
    guard history.end != nil || !isUnderWay else {
      throw RunError(.usage, "run \(id) is still running", help: "wait until it ends")
    }
    let restored = try archive.restored(of: self)
    let plan = try UndoPlanner(history, of: id, restored: restored).plan(
      sha256: journal.hash, at: host.clock.instant(),
      on: WorkspaceIdentity(
        host: start.host, fingerprint: history.token ?? start.token, profile: start.profile),
      tags: tags)
    if !plan.plan.isEmpty { return plan }
    if let last = restored.runs.last {
      throw RunError(
        .usage, "run \(id) has been undone by run \(last)",
        help: "to take that back, undo that run: conn undo \(last)")
    }
    printLosses(host)
    host.output.talk(
      "Nothing to undo: run \(id) made no change that can be reversed.")
    return nil
  }

  func printLosses(_ host: Host) {
    for line in UndoPlanner(history, of: id).lost {
      host.output.talk("can't be restored: \(line.escapingHiddenCharacters())")
    }
  }
}
