import ArgumentParser

/// What is said on stderr, and how.
struct TalkOptions: ParsableArguments {
  @Flag(help: "Say nothing but errors on stderr.")
  var quiet = false

  @Flag(help: "Say each call on stderr.")
  var verbose = false

  @Flag(help: "No colours.")
  var noColor = false
}
