struct Prompt {
  init(_ options: RunOptions) {}
  func run() async throws {}
}
