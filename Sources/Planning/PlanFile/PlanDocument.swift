/// The content of a plan file: writes that were planned but not sent, and everything they depend on.
///
/// Of each target, only these members are known: `id`, `name`, `application`, `updated_at`, and those
/// that the write changes.
package struct PlanDocument: Sendable {
  package let header: PlanHeader
  package let plan: Plan

  package init(_ header: PlanHeader, _ plan: Plan) {
    self.header = header
    self.plan = plan.forFile
  }
}
