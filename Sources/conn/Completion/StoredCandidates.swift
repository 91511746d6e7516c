import Execution
import Language
import Planning

/// Completes the names of past runs and of plan files.
struct StoredCandidates {
  let host: Host

  /// Maximum number of runs, the latest ones: each of their journals is read.
  private static let mostRuns = 30
  /// The bytes of a file that tell whether it is a plan.
  private static let headSize = 64

  /// Returns the runs with age and summary, latest first.
  func runs(_ word: String) -> [Candidate] {
    guard let directory = host.state.path(to: "runs"), host.disk.exists(directory) else {
      return []
    }
    let archive = RunArchive(host)
    let paths = ((try? archive.paths()) ?? []).reversed()
    let runs = paths.map { (path: $0, name: String($0.split(separator: "/").last ?? "")) }
    let named = runs.filter { $0.name.hasPrefix(word) }.prefix(Self.mostRuns)
      .map { Candidate($0.name, .value, detail(of: $0.path, named: $0.name, archive)) }
    return (runs.isEmpty ? [] : [Candidate("last", .value, "the latest run")]) + named
  }

  private func detail(of path: String, named name: String, _ archive: RunArchive) -> String {
    let age = RunName(name).map { Age.text(since: $0.time, at: host.clock.instant()) } ?? "?"
    guard let run = try? archive.store.run(path) else { return "\(age), unreadable" }
    return "\(age), \(run.start.script): " + (run.history.end?.sentence ?? run.state)
  }

  /// Returns the plan files and the directories that may hold some.
  func plans(_ word: String) -> [Candidate] {
    FileNames(host: host).candidates(word, []).filter { file in
      file.text.hasSuffix("/") || isPlan(file.text)
    }
  }

  private func isPlan(_ path: String) -> Bool {
    guard host.disk.isFile(path),
      let head = try? host.disk.readRegular(path, limit: Self.headSize)
    else { return false }
    return PlanFile.isMeant(by: head)
  }
}
