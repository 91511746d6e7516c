/// The changes that a plan makes, one ``ChangeTable`` per part. Parts are numbered if there are
/// several.
package struct PlanTable: Sendable {
  private let tables: [ChangeTable]

  package init(_ plan: Plan) {
    tables = plan.parts.indices.filter { !plan.parts[$0].writes.isEmpty }.map { index in
      var table = ChangeTable(plan.parts[index].writes)
      table.number = plan.parts.count > 1 ? index + 1 : nil
      return table
    }
  }

  /// Returns the lines of the table, none for no writes. A `width` of `nil` means no limit.
  package func lines(width: Int?) -> [String] { blocks(width: width).flatMap(\.lines) }

  /// Returns as many whole writes as fit into `height` lines. If the first write alone is too large,
  /// its first lines are returned. `leftOut` counts the writes that aren't shown, or not completely.
  package func firstScreen(height: Int, width: Int?) -> (lines: [String], leftOut: Int) {
    let blocks = blocks(width: width)
    var lines: [String] = []
    var shown = 0
    for block in blocks {
      guard lines.count + block.lines.count <= height else { break }
      lines += block.lines
      shown += 1
    }
    // A heading without a write says nothing.
    while shown > 0, shown < blocks.count, !blocks[shown - 1].isWrite {
      shown -= 1
      lines.removeLast(blocks[shown].lines.count)
    }
    let leftOut = blocks[shown...].count(where: \.isWrite)
    if shown == 0 { lines = Array(blocks.flatMap(\.lines).prefix(max(0, height))) }
    return (lines, leftOut)
  }

  private func blocks(width: Int?) -> [ChangeTable.Block] {
    tables.flatMap { $0.blocks(width: width) }
  }
}
