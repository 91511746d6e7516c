/// The things that a value on the command line can name.
enum ValueSubject {
  case script, parameter, plan, run, profile, topic, diagnostic, server, tokenPlace, file
}

extension ValueSubject {
  /// The things that a value can name, by the name of the value in the usage; none for a text or
  /// number that only the user knows.
  static let table: [String: [ValueSubject]] = [
    "script": [.script],
    "script-or-code": [.script, .diagnostic],
    "name=value": [.parameter],
    "plan": [.plan],
    "run": [.run],
    "plan-or-run": [.plan, .run],
    "profile": [.profile],
    "topic": [.topic],
    "url": [.server],
    "place": [.tokenPlace],
    "file": [.file],
    "path": [.file],
    "duration": [],
    "id=outcome": [],
    "n": [],
    "p": [],
    "pipeline": [],
    "port": [],
    "r": [],
    "timestamp": [],
  ]
}
