import ArgumentParser

/// Options for the messages on stderr.
struct TalkOptions: ParsableArguments {
  @Flag(help: "Print only errors on stderr.")
  var quiet = false

  @Flag(help: "Log every API call to stderr.")
  var verbose = false

  @Flag(help: "Don't use colours.")
  var noColor = false
}
