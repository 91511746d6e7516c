import Foundation
import TestSupport

/// The documents for users.
enum Pages {
  /// The README and every page in `docs`.
  static let all = [page("README.md")] + Golden.files(in: "docs", ending: ".md")

  /// The documents for developers.
  static let forDevelopers = ["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(page)

  /// Returns the place of a document, named by its path in the repository.
  static func page(_ path: String) -> URL { Golden.root.appending(path: path) }
}
