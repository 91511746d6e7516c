/// A command with all options of a run.
protocol ScriptCommand: HostCommand {
  var workspace: WorkspaceOptions { get }
  var mode: ModeOptions { get }
  var selection: SelectionOptions { get }
  var execution: ExecutionOptions { get }
  var pace: PaceOptions { get }
  var talk: TalkOptions { get }
}

extension ScriptCommand {
  var isColorDisabled: Bool { talk.noColor }

  var options: RunOptions {
    var options = RunOptions()
    (options.workspace, options.mode, options.selection) = (workspace, mode, selection)
    (options.execution, options.pace, options.talk) = (execution, pace, talk)
    return options
  }
}
