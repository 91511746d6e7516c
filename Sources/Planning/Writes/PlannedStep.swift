import Evaluation
import Language

/// The planned writes of one pipeline, and the rows they come from.
package struct PlannedStep: Sendable {
  let pipeline: CheckedPipeline
  /// The rows that reached the first write stage.
  let selection: [Row]
  package let plan: WritePlan
  /// A description of the step in plain words.
  let sentence: String

  package init(pipeline: CheckedPipeline, selection: [Row], plan: WritePlan, sentence: String) {
    self.pipeline = pipeline
    self.selection = selection
    self.plan = plan
    self.sentence = sentence
  }
}
