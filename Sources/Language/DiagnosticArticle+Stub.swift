extension DiagnosticArticle {
  static let syntax: [DiagnosticArticle] = []
  static let names: [DiagnosticArticle] = []
  static let types: [DiagnosticArticle] = []
  static let effects: [DiagnosticArticle] = []
  static let parameters: [DiagnosticArticle] = []
  static let files: [DiagnosticArticle] = []
}
