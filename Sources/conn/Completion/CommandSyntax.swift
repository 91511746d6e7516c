import JSON

/// A command as its help describes it. Completion and the manual pages read it, so that they can't
/// differ from the help.
struct CommandSyntax {
  let name: String
  let summary: String
  let discussion: String
  let isHidden: Bool
  let subcommands: [CommandSyntax]
  /// The arguments and options; also those of the subcommand that runs if none is named.
  let arguments: [ArgumentSyntax]

  /// Reads a command of the parser's description of itself.
  ///
  /// Source: swift-argument-parser, `CommandInfoV0`.
  init(_ json: JSON) {
    name = json["commandName"]?.string ?? ""
    summary = json["abstract"]?.string ?? ""
    discussion = json["discussion"]?.string ?? ""
    isHidden = json["shouldDisplay"] == .bool(false)
    let subcommands = (json["subcommands"]?.array ?? []).map(CommandSyntax.init)
    self.subcommands = subcommands
    let standard =
      subcommands.first { $0.name == json["defaultSubcommand"]?.string }?.arguments ?? []
    let own = (json["arguments"]?.array ?? []).map(ArgumentSyntax.init)
    arguments = standard + own.filter { !standard.contains($0) }
  }
}

extension CommandSyntax {
  /// The subcommands that help lists. The parser adds a second `help`, which is left out.
  var shownSubcommands: [CommandSyntax] {
    var names: Set<String> = []
    return subcommands.filter { !$0.isHidden && names.insert($0.name).inserted }
  }

  var positionals: [ArgumentSyntax] { arguments.filter { $0.kind == .positional } }

  var options: [ArgumentSyntax] { arguments.filter { $0.kind != .positional } }

  func option(_ name: String) -> ArgumentSyntax? { options.first { $0.names.contains(name) } }
}
