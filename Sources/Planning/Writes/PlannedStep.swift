import Evaluation
import Language

/// The writes of one pipeline that was planned, and what it comes from.
package struct PlannedStep: Sendable {
  let pipeline: CheckedPipeline
  /// The rows that the first write stage was given.
  let selection: [Row]
  package let plan: WritePlan
  /// What it does, in plain words.
  let sentence: String

  package init(pipeline: CheckedPipeline, selection: [Row], plan: WritePlan, sentence: String) {
    self.pipeline = pipeline
    self.selection = selection
    self.plan = plan
    self.sentence = sentence
  }
}
