extension ForeignTable {
  /// What stands after a `|` in other languages.
  static let stages = ForeignTable(
    [
      // Filters and limits.
      "filter": "where", "having": "where", "Where-Object": "where", "limit": "first",
      "head": "first", "take": "first", "tail": "last", "offset": "skip", "drop_while": "where",
      "Select-Object -First": "first", "Select-Object -Last": "last",
      "Select-Object -Skip": "skip",
      // Columns, order and groups.
      "map": "select", "project": "select", "Select-Object": "select", "order by": "sort by",
      "sort-by": "sort by", "sort_by": "sort by", "sortby": "sort by", "Sort-Object": "sort by",
      "order": "sort", "uniq": "distinct by", "unique": "distinct by",
      "uniq-by": "distinct by", "unique_by": "distinct by",
      "Get-Unique": "distinct by",
      "count by": "group by", "group-by": "group by", "group_by": "group by",
      "groupby": "group by", "Group-Object": "group by",
      "length": "count", "len": "count", "size": "count", "wc -l": "count", "wc": "count",
      "Measure-Object": "count", "select count ( * )": "count", "count ( * )": "count",
      // Writes.
      "remove": "delete", "destroy": "delete", "rm": "delete",
      "disconnect --force": "disconnect force",
      "disconnect -f": "disconnect force", "disconnect -force": "disconnect force",
      "set": "update", "insert": "create",
      // Output.
      "ids": "show as ids", "csv": "show as csv", "json": "show as json", "jsonl": "show as jsonl",
      "table": "show as table", "markdown": "show as markdown", "to csv": "show as csv",
      "to json": "show as json", "to md": "show as markdown", "ConvertTo-Csv": "show as csv",
      "ConvertTo-Json": "show as json", "Format-Table": "show as table",
      "Format-List": "show as record", "tee": "save", "render": "chart",
    ],
    explained: [
      "select *": "leave `select` out: rows keep every column",
      "select distinct _": "write `distinct by` and the name of the column",
      "distinct on": "write `distinct by` and the name of the column",
      "select top #": "write `sort by …` and then `first n`",
      "count (": "write `count` for all rows, or `group by … with count()`",
      "top": "write `sort by … desc | first n`",
      "min_by": "write `sort by … | first 1`",
      "max_by": "write `sort by … desc | first 1`",
      "extend": "a `select` lists every column and computes new ones: `select id, days = …`",
      "insert column": "a `select` lists every column and computes new ones: `select id, days = …`",
      "summarize": "write `group by … with count(), max(…)`",
      "project-away": "list the columns to keep: `select id, name`",
      "project-rename": "write `select new = old` for columns",
      "reject": "list the columns to keep: `select id, name`; to leave out rows, `where not (…)`",
      "drop":
        "to leave out rows, write `where not (…)` or `skip n`; to delete connections, `delete`",
      "del": "list the columns to keep: `select id, name`",
      "rename": "to rename connections, write `update name = …`; for a column, `select new = old`",
      "move": "to move connections to another folder, write `update folder_id = …`",
      "get": "to read a column, write `select name`; `get 36` only begins a pipeline",
      "join": "write `lookup by id` or `lookup by external_id` to add the workspace's columns",
      "union": "write one `where` with `or`, or two pipelines",
      "append": "write one `where` with `or`, or two pipelines",
      "grep": "write `where name contains \"…\"`, or `matches` for a regular expression",
      "sed": "write `update name = replace(name, \"…\", \"…\")`",
      "awk": "write `where` for rows and `select` for columns",
      "cut": "write `select` with the names of the columns",
      "each": "a stage works on every row; for statements, write `for x in … { … }`",
      "ForEach-Object": "a stage works on every row; for statements, write `for x in … { … }`",
      "keys": "to see all fields of a row, write `show as record`",
      "columns": "to see all fields of a row, write `show as record`",
      "describe": "to see all fields of a row, write `show as record`",
      "flatten": "lists stay in their cell; test them with `tags has \"…\"`",
      ".[]": "leave it out: a pipeline already passes on row by row",
      ". _": "write `select` and the name of the field, without the dot",
      "test": "write `where name matches \"…\"`",
      "from json": "a file begins the pipeline: `from \"file.json\"`",
      "from csv": "a file begins the pipeline: `from \"file.csv\"`",
      "into": "columns have types already; `int(…)` reads a number from text",
      "Export-Csv": "write `save \"file.csv\"`",
      "Out-File": "write `save \"file.json\"`",
      "delete from": "rows come from the source: `list where … | delete`",
      "delete where": "filter first: `where … | delete`",
      "disconnect where": "filter first: `where … | disconnect`",
      "update set _": "leave `set` out: `update name = …`",
      "less": "long output is paged on a terminal; write `show`",
      "print": "`print` is a statement; rows are shown with `show`",
      "echo": "to show rows, write `show`; `print` is a statement",
      "if":
        "to filter rows, write `where`; to run statements conditionally, `if … { … }` on a line",
    ])

  /// What begins a statement in other languages.
  static let statements = ForeignTable(
    [
      "var": "let", "const": "let", "set": "let", "echo": "print", "function": "def", "fn": "def",
      "import": "use", "include": "use", "source": "use", "foreach": "for", "ls": "list",
      "connections": "list", "Write-Output": "print", "Write-Host": "print", "printf": "print",
      "open": "from", "cat": "from", "Import-Csv": "from", "Get-Content": "from", "load": "from",
    ],
    explained: [
      "else": "put `else` on the line of the closing brace: `} else {`",
      "while": "there is no `while`, so that every script ends; use `for x in … { … }`",
      "return": "a script has no `return`; a definition is a sequence of stages",
      "try": "failures end the run; `conn resume` continues it",
      "with": "name rows with `let x = list …`, then write `$x | …`",
      "insert into": "write `create name = …, application = …`",
      "insert": "write `create name = …, application = …`",
      "alter": "write `list where … | update …`",
      "describe": "`conn help list` shows the fields of connections",
      "show": "write `list | show`; `conn help list` shows the fields of connections",
      "help": "write `conn help` in the shell, or `:help` at the prompt",
      "exit": "a script ends with its last statement",
      "quit": "a script ends with its last statement",
      "sudo": "leave it out; what a token may do is set in Workato",
      "export": "set a variable of the environment in the shell; here write `let name = …`",
      "! _": "a script can't run shell commands; run them before `conn`",
      ": _": "commands that begin with `:` work at the prompt only",
      "\\": "`conn help` describes commands and fields; commands with `\\` are psql's",
      ".[]": "write `list`: a pipeline passes on row by row",
      ". _": "write `list | select` and the name of the field, without the dot",
    ])

  /// What follows a complete stage in other languages.
  static let endings = ForeignTable(
    [
      "descending": "desc", "-descending": "desc", "DESC": "desc", "ascending": "asc", "ASC": "asc",
    ],
    explained: [
      "from": "rows come from the source that begins the pipeline: `list | select …`",
      "into": "to write a file, add `| save \"file.csv\"`",
      ">": "to write a file, add `| save \"file.csv\"`",
      "using": "write `lookup by id` to add the workspace's columns",
      "nulls": "nulls come first; filter them with `where … != null`",
      "\\": "a pipeline goes on after a `|` at the end of a line, without `\\`",
    ])
}
