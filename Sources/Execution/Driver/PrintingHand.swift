import API
import Evaluation
import Planning

/// Prints each call instead of sending it, and remembers its effect for later steps.
struct PrintingHand: WriteHand {
  let printer: CallPrinter
  let context: RunContext
  var pretended: WorkspaceOverlay

  mutating func carryOut(_ writes: [PlannedWrite]) async -> [Outcome] {
    writes.map { write in
      show(write)
      return Outcome(.done, connection: pretended.apply(write))
    }
  }

  private func show(_ write: PlannedWrite) {
    let target = write.connection.map { (id: $0.id, name: Optional($0.name)) }
    context.output.data(
      printer.text(
        CallPrinter.Entry(
          request: write.namingMade.call.request, effect: write.effect, span: write.span,
          target: target),
        context.sources))
  }
}
