extension CommandPages {
  /// Pages to read beside that of a command.
  static let related: [String: [String]] = [
    "apply": [plans, "[show](show.md)", "[undo](undo.md)"],
    "check": ["[checking.md](../checking.md)", "[explain](explain.md)", "[test](test.md)"],
    "eval": ["[language.md](../language.md)", "[run](run.md)", "[cookbook.md](../cookbook.md)"],
    "explain": [
      "[checking.md](../checking.md#what-the-script-asks-of-the-server)", "[check](check.md)",
    ],
    "fmt": ["[language.md](../language.md#statements)", "[check](check.md)"],
    "help": ["[language.md](../language.md)", "[reference](../../grammar/reference.md)"],
    "lsp": ["[editors.md](../editors.md)", "[check](check.md)"],
    "plan": [plans, "[apply](apply.md)", "[show](show.md)", "[ci.md](../ci.md)"],
    "profile": ["[profiles.md](../profiles.md)", "[secrets.md](../secrets.md)"],
    "repl": ["[prompt.md](../prompt.md)", "[eval](eval.md)"],
    "resume": ["[writes.md](../writes.md#resume)", "[runs](runs.md)", operations],
    "run": ["[language.md](../language.md)", "[writes.md](../writes.md)", "[plan](plan.md)"],
    "runs": ["[show](show.md)", "[resume](resume.md)", "[undo](undo.md)", operations],
    "show": [plans, "[runs](runs.md)", "[reports.md](../reports.md)"],
    "simulate": ["[simulator.md](../simulator.md)", "[tutorial.md](../tutorial.md)"],
    "test": ["[testing.md](../testing.md)", "[check](check.md)", "[ci.md](../ci.md)"],
    "undo": ["[writes.md](../writes.md#undo)", "[apply](apply.md)", "[runs](runs.md)"],
  ]

  private static let plans = "[writes.md](../writes.md#plans-review-now-apply-later)"
  private static let operations = "[operations.md](../operations.md)"
}
