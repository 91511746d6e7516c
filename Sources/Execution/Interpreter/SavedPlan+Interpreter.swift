import Language
import Planning

extension SavedPlan {
  /// Creates a plan from the writes of a run in ``RunMode/planning``.
  package init(
    _ interpreter: Interpreter, _ script: CheckedScript, _ circumstances: Circumstances
  ) {
    self.init(
      interpreter.steps, of: script, sources: interpreter.context.sources,
      environment: interpreter.environment, guards: interpreter.context.guards, circumstances)
  }
}
