import TestSupport
import Testing

/// `lookup` in scripts that list nothing else and write nothing.
@Suite struct LookupReadTests {
  @Test(arguments: ["", "--preview "])
  func listsWorkspace(_ option: String) async throws {
    let fixture = try await WriteFixture()
    let result = try await fixture.shell(
      """
      printf 'id,owner\\n37,U12904\\n' > rows.csv
      conn eval \(option)'from "rows.csv" | lookup by id | select id, application, owner' --output csv
      """)
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(result.output.contains("37,google_sheets,U12904"), "\(result.output)")
    try await fixture.close()
  }
}
