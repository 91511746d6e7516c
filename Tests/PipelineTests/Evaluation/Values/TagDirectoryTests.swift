import API
import Language
import Testing

@testable import Evaluation

/// Finds tags by handle and by title.
@Suite struct TagDirectoryTests {
  private static let tags = [
    ("tag-1", "Accounting"), ("tag-2", "accounting"), ("tag-3", "Sales"), ("tag-4", "Twice"),
    ("tag-5", "Twice"), ("Sales EU", "Europe"), ("tag-7", "odd\u{1B}[2J"),
  ].map { API.Tag(handle: $0, title: $1) }

  private func result(_ text: String) -> String {
    do { return try TagDirectory(Self.tags).tag(text, at: SourceSpan(0, 0)).handle } catch {
      return "\(error.exitCode.rawValue): \(error.message); \(error.help ?? "")"
    }
  }

  /// A handle comes before a title, an exact title before one in another case.
  @Test(arguments: [
    ("tag-3", "tag-3"), ("Sales", "tag-3"), ("SALES", "tag-3"), ("Accounting", "tag-1"),
    ("accounting", "tag-2"), ("Sales EU", "Sales EU"), ("europe", "Sales EU"),
  ])
  func findsATag(_ text: String, _ handle: String) {
    #expect(result(text) == handle)
  }

  @Test(arguments: [
    ("Acounting", #"5: no tag has the title or handle "Acounting"; did you mean "Accounting"?"#),
    ("sale", #"5: no tag has the title or handle "sale"; did you mean "Sales"?"#),
    ("tagg-3", #"5: no tag has the title or handle "tagg-3"; did you mean "tag-3"?"#),
    (
      "Quite different",
      #"5: no tag has the title or handle "Quite different"; nothing was changed"#
    ),
    (
      "Twice",
      #"5: 2 tags have the title "Twice": tag-4 ("Twice"), tag-5 ("Twice"); name the tag by its handle"#
    ),
    (
      "ACCOUNTING",
      #"5: 2 tags have the title "ACCOUNTING": tag-1 ("Accounting"), tag-2 ("accounting"); name the tag by its handle"#
    ),
    ("odd", #"5: no tag has the title or handle "odd"; did you mean "odd\u{1B}[2J"?"#),
  ])
  func namesWhatIsNear(_ text: String, _ error: String) {
    #expect(result(text) == error)
  }

  @Test func aHandleWithoutATitleIsItsOwn() {
    #expect(TagDirectory(Self.tags).title(of: "tag-3") == "Sales")
    #expect(TagDirectory(Self.tags).title(of: "tag-x") == "tag-x")
  }
}
