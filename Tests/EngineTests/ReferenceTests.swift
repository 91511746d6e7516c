import Foundation
import TestSupport
import Testing

@Suite struct ReferenceTests {
  @Test func thePageIsMadeFromTheTables() throws {
    let url = Golden.root.appending(path: "grammar/reference.md")
    try Golden.expect(ReferencePage.text, at: url)
  }
}
