import ArgumentParser

/// Which run to resume, and what only a person knows of it. `:resume` takes the same.
struct ResumeOptions: ParsableArguments {
  @Argument(
    help:
      "The run: its name, a part of it, last or last-1 (default: the latest in doubt or unfinished)."
  )
  var run: String?
  @Argument(
    help: ArgumentHelp(
      "Values that weren't saved because they may be credentials.", valueName: "name=value"))
  var arguments: [String] = []
  @Option(
    help: ArgumentHelp(
      "Outcome of a write in doubt, ID=done or ID=failed; can be repeated.",
      valueName: "id=outcome"))
  var settle: [String] = []
}
