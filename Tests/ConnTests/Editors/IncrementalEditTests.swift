import LanguageServer
import Testing

@Suite struct IncrementalEditTests {
  private static let pieces = ["a", "😀", "漢", "é", "\n", "\r\n", "\r", " | ", "", "list\n"]

  /// The text as UTF-16, edited by index, is the independent model.
  @Test(arguments: 0..<40) func editsGiveTheTextOfTheEditor(seed: UInt64) {
    var random = Steps(state: seed)
    var model = Array("list 😀\r\nprint 1\n".utf16)
    var text = DocumentText(Array(String(decoding: model, as: UTF16.self).utf8))
    for _ in 0..<60 {
      let first = random.boundary(in: model)
      let second = random.boundary(in: model)
      let piece = Self.pieces[random.next(below: Self.pieces.count)]
      let range = min(first, second)..<max(first, second)
      text.replace(
        Self.position(first, model), Self.position(second, model), with: Array(piece.utf8))
      model.replaceSubrange(range, with: Array(piece.utf16))
      #expect(
        String(decoding: text.bytes, as: UTF8.self) == String(decoding: model, as: UTF16.self))
    }
  }

  private static func position(_ index: Int, _ model: [UInt16]) -> DocumentText.Position {
    var (line, start) = (0, 0)
    for place in 0..<index where isLineEnd(place, model) { (line, start) = (line + 1, place + 1) }
    return DocumentText.Position(line: line, character: index - start)
  }

  private static func isLineEnd(_ place: Int, _ model: [UInt16]) -> Bool {
    let isPair = model[place] == 13 && place + 1 < model.count && model[place + 1] == 10
    return model[place] == 10 || (model[place] == 13 && !isPair)
  }

  private struct Steps {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(limit, 1)))
    }

    /// Returns an index that splits neither a character nor `\r\n`.
    mutating func boundary(in model: [UInt16]) -> Int {
      var index = next(below: model.count + 1)
      while index > 0, index < model.count,
        (0xDC00...0xDFFF).contains(model[index]) || (model[index - 1] == 13 && model[index] == 10)
      { index -= 1 }
      return index
    }
  }

  @Test func positionsBehindTheEndAreTheEnd() {
    let text = DocumentText(Array("a😀\r\nb".utf8))
    #expect(text.offset(of: .init(line: 0, character: 99)) == 5)
    #expect(text.offset(of: .init(line: 0, character: 2)) == 1)
    #expect(text.offset(of: .init(line: 9, character: 0)) == 8)
    #expect(text.position(of: 7) == .init(line: 1, character: 0))
    #expect(text.position(of: 6) == .init(line: 0, character: 3))
  }

  @Test func positionsAndOffsetsAgreeFarIntoALine() {
    let text = DocumentText(Array(String(repeating: "é😀b", count: 200).utf8))
    for count in 0...200 {
      #expect(text.position(of: 7 * count) == .init(line: 0, character: 4 * count))
      #expect(text.offset(of: .init(line: 0, character: 4 * count)) == 7 * count)
    }
  }
}
