import Foundation
import TestSupport

/// The documents for users.
enum Pages {
  /// The README and every page in `docs`.
  static let all = [page("README.md")] + Golden.files(in: "docs", ending: ".md")

  /// The documents for developers.
  static let forDevelopers = ["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(page)

  /// Every document in Markdown, for users and developers. What is hidden isn't part of the
  /// repository, except `.github`.
  static let markdown = entries.flatMap { entry in
    entry.hasSuffix(".md") ? [page(entry)] : Golden.files(in: entry, ending: ".md")
  }

  private static let entries =
    ((try? FileManager.default.contentsOfDirectory(atPath: Golden.root.path)) ?? [])
    .filter { !$0.hasPrefix(".") || $0 == ".github" }.sorted()

  /// Returns the place of a document, named by its path in the repository.
  static func page(_ path: String) -> URL { Golden.root.appending(path: path) }
}
