extension ForeignTable {
  /// What stands after a `|` in other languages.
  static let stages = ForeignTable(
    [
      // Filters and limits.
      "filter": "where", "having": "where", "Where-Object": "where", "limit": "first",
      "head": "first", "take": "first", "tail": "last", "offset": "skip", "drop_while": "where",
      "Select-Object -First": "first", "Select-Object -Last": "last",
      "Select-Object -Skip": "skip", "head -n": "first", "tail -n": "last", "head - #": "first #",
      "tail - #": "last #", "first -n": "first", "last -n": "last",
      // Columns, order and groups.
      "map": "select", "project": "select", "Select-Object": "select",
      "Select-Object -Property": "select", "order by": "sort by",
      "sort-by": "sort by", "sort_by": "sort by", "sortby": "sort by", "Sort-Object": "sort by",
      "Sort-Object -Property": "sort by", "Sort-Object _ -Descending": "sort by _ desc",
      "Sort-Object -Property _ -Descending": "sort by _ desc",
      "Sort-Object -Descending _": "sort by _ desc",
      "order": "sort", "uniq": "distinct by", "unique": "distinct by",
      "uniq-by": "distinct by", "unique_by": "distinct by",
      "Get-Unique": "distinct by",
      "count by": "group by", "group-by": "group by", "group_by": "group by",
      "groupby": "group by", "Group-Object": "group by",
      "Group-Object -Property": "group by",
      "length": "count", "len": "count", "size": "count", "wc -l": "count", "wc": "count",
      "Measure-Object": "count", "select count ( * )": "count", "count ( * )": "count",
      // Writes.
      "remove": "delete", "destroy": "delete", "rm": "delete",
      "disconnect --force": "disconnect force",
      "disconnect -f": "disconnect force", "disconnect -force": "disconnect force",
      "set": "update", "insert": "create",
      // Output.
      "ids": "show as ids", "csv": "show as csv", "json": "show as json", "jsonl": "show as jsonl",
      "table": "show as table", "ft": "show as table", "fl": "show as record",
      "tojson": "show as json", "to jsonl": "show as jsonl", "to ndjson": "show as jsonl",
      "Remove-Item": "delete", "Set-Item": "update", "Update-Object": "update",
      "New-Item": "create", "measure": "count", "project-keep": "select",
      "project-reorder": "select", "Tee-Object": "save", "markdown": "show as markdown",
      "to csv": "show as csv",
      "to json": "show as json", "to md": "show as markdown", "ConvertTo-Csv": "show as csv",
      "ConvertTo-Json": "show as json", "Format-Table": "show as table",
      "Format-List": "show as record", "tee": "save", "render": "chart",
    ],
    explained: [
      "leave `select` out: rows keep every column": ["select *"],
      "write `distinct by` and the name of the column": ["select distinct _", "distinct on"],
      "write `sort by …` and then `first n`": ["select top #"],
      "write `count` for all rows, or `group by … with count()`": ["count ("],
      "write `sort by … desc | first n`": ["top"],
      "write `sort by … | first 1`": ["min_by"],
      "write `sort by … desc | first 1`": ["max_by"],
      "a `select` lists every column and computes new ones: `select id, days = …`": [
        "extend", "insert column", "with_entries", "from_entries", "map_values", "walk", "parse",
        "parse-where", "parse-kv", "split", "split-by", "lines", "fill", "tostring",
        "ascii_downcase", "ascii_upcase", "wrap", "upsert", "mv-apply", "{", "[", "Add-Member",
        "mutate", "eval", "add_column", "ConvertFrom",
      ],
      "write `group by … with count(), max(…)`": [
        "summarize", "sum", "avg", "mean", "min", "max", "math", "reduce", "make-series", "stats",
        "aggregate", "agg", "add", "rollup",
      ],
      "list the columns to keep: `select id, name`": ["project-away", "del"],
      "write `select new = old` for columns": ["project-rename"],
      "list the columns to keep: `select id, name`; to leave out rows, `where not (…)`": ["reject"],
      "to leave out rows, write `where not (…)` or `skip n`; to delete connections, `delete`": [
        "drop"
      ],
      "to rename connections, write `update name = …`; for a column, `select new = old`": [
        "rename", "Rename-Item",
      ],
      "to move connections to another folder, write `update folder_id = …`": ["move", "Move-Item"],
      "to read a column, write `select name`; `get 36` only begins a pipeline": ["get"],
      "write `lookup by id` or `lookup by external_id` to add the workspace's columns": [
        "join", "inner", "left", "right", "full", "cross", "natural", "merge", "Join-Object",
        "lookup _ on",
      ],
      "write one `where` with `or`, or two pipelines": ["union", "append", "prepend", "concat"],
      "write `where name contains \"…\"`, or `matches` for a regular expression": [
        "grep", "contains", "inside", "startswith", "endswith", "search", "find", "Select-String",
        "sls", "rg", "ack", "findstr",
      ],
      "write `update name = replace(name, \"…\", \"…\")`": ["sed", "sub", "gsub"],
      "write `where` for rows and `select` for columns": ["awk"],
      "write `select` with the names of the columns": ["cut"],
      "a stage works on every row; for statements, write `for x in … { … }`": [
        "each", "ForEach-Object", "par-each", "do", "foreach", "for", "while",
      ],
      "to see all fields of a row, write `show as record`": [
        "keys", "columns", "describe", "to_entries", "paths", "getschema", "Get-Member", "gm",
        "values", "headers", "transpose", "items", "type", "metadata", "fields", "schema",
      ],
      "lists stay in their cell; test them with `tags has \"…\"`": [
        "flatten", "mv-expand", "explode", "unnest",
      ],
      "leave it out: a pipeline already passes on row by row": [".[]"],
      "write `select` and the name of the field, without the dot": [". _"],
      "write `where name matches \"…\"`": ["test"],
      "a file begins the pipeline: `from \"file.json\"`": [
        "from json", "externaldata", "datatable", "open", "Import-Csv", "Get-Content", "input",
        "cat", "from",
      ],
      "a file begins the pipeline: `from \"file.csv\"`": ["from csv"],
      "columns have types already; `int(…)` reads a number from text": ["into"],
      "write `save \"file.csv\"`": ["Export-Csv", "save >"],
      "write `save \"file.json\"`": [
        "Set-Content", "Add-Content", "Out-File", ">", "into outfile",
      ],
      "rows come from the source: `list where … | delete`": ["delete from"],
      "filter first: `where … | delete`": ["delete where"],
      "filter first: `where … | disconnect`": ["disconnect where"],
      "leave `set` out: `update name = …`": ["update set _"],
      "long output is paged on a terminal; write `show`": [
        "less", "more", "Out-GridView", "explore", "Out-Host", "Out-Pager",
      ],
      "`print` is a statement; rows are shown with `show`": ["print"],
      "to show rows, write `show`; `print` is a statement": ["echo"],
      "to filter rows, write `where`; to run statements conditionally, `if … { … }` on a line": [
        "if"
      ],
      "for the opposite order, write `desc`: `sort by name desc`": ["reverse"],
      "rows keep the order of the server until a `sort by`": [
        "shuffle", "roll", "rotate", "zip", "interleave", "serialize", "enumerate",
      ],
      "for one row or a part of them, write `skip n | first n`": [
        "nth", "slice", "range", ".[ #", "every", "limit # offset", "Select-Object -Index",
      ],
      "write `first n`, after a `sort by`": [
        "fetch", "sample", "tablesample", "sample-distinct", "limit ( # ; .",
      ],
      "write `first 1`, or `last 1`": ["first ( .", "last ( .", ".[ 0", "any_value", "single"],
      "to require something of the rows, write `expect all …`, `expect none …` or `expect count > 0`":
        ["any", "all", "is-empty", "is-not-empty", "empty", "assert", "assert-schema", "isempty"],
      "write `where tags has \"…\"`": ["has"],
      "rows are chosen one by one: write `where …`, or `where not (…)`": [
        "not", "skip until", "skip while", "take until", "take while", "drop while", "drop until",
      ],
      "write `show as table`, `json`, `jsonl`, `csv`, `markdown`, `record` or `ids`": [
        "to", "@csv", "@tsv", "@json", "@html", "ConvertTo-Html", "ConvertTo-Xml", "ConvertTo-Yaml",
        "Format-Wide", "Format-Custom", "format",
      ],
      "to read rows without showing them, end with `count` or `expect`": [
        "Out-Null", "ignore", "consume",
      ],
      "write `show`": ["Out-String", "collect", "Write-Output", "Write-Host"],
      "name rows with `let x = list …`, then write `$x | …`": ["as", "with"],
      "write `where name != null`": ["compact", "dropna"],
      "write `select id, name = name ?? \"…\"`": ["default", "fillna"],
      "write one `where` with `and not (…)`": ["intersect", "minus", "except"],
      "to compare with earlier rows, write `diff from \"earlier.json\"`": [
        "Compare-Object", "diff-with",
      ],
      "write `group by … | sort by count desc | first n`": [
        "top-hitters", "top-nested", "histogram", "value_counts", "uniq -c", "facet", "reduce by",
      ],
      "write `group by … with count()`; rows have no neighbours": [
        "partition", "over", "window", "qualify", "scan", "fork", "chunks", "pivot", "unpivot",
        "evaluate", "invoke",
      ],
      "choose the rows first: `list where … | delete`": [
        "truncate", "drop table", "drop connection",
      ],
      "choose the rows first: `list where … | update …`": ["alter", "merge into"],
      "outcomes are rows: `… | select id, outcome, reason`": ["returning", "output"],
      "write `create name = …, application = …`": ["values ("],
      "`conn explain` shows what a script does": ["explain", "analyze"],
      "write `show` to see the rows at this place": ["debug", "inspect"],
      "to stop a run, write `expect …, \"message\"`": ["error", "exit", "raise", "throw"],
      "for a variable of the environment, write `env(\"NAME\")`": ["env"],
      "write the condition without braces: `where connected`": ["where { $_"],
      "write `by` and a field: `lookup by id`": ["lookup on"],
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
      "put `else` on the line of the closing brace: `} else {`": ["else"],
      "there is no `while`, so that every script ends; use `for x in … { … }`": ["while"],
      "a script has no `return`; a definition is a sequence of stages": ["return"],
      "failures end the run; `conn resume` continues it": ["try"],
      "name rows with `let x = list …`, then write `$x | …`": ["with"],
      "write `create name = …, application = …`": ["insert into", "insert"],
      "write `list where … | update …`": ["alter"],
      "`conn help list` shows the fields of connections": ["describe"],
      "write `list | show`; `conn help list` shows the fields of connections": ["show"],
      "write `conn help` in the shell, or `:help` at the prompt": ["help"],
      "a script ends with its last statement": ["exit", "quit"],
      "leave it out; what a token may do is set in Workato": ["sudo"],
      "set a variable of the environment in the shell; here write `let name = …`": ["export"],
      "a script can't run shell commands; run them before `conn`": ["! _"],
      "commands that begin with `:` work at the prompt only": [": _"],
      "`conn help`, or `:help` at the prompt, shows commands and fields; commands with `\\` are psql's":
        ["\\"],
      "write `list`: a pipeline passes on row by row": [".[]"],
      "write `list | select` and the name of the field, without the dot": [". _"],
    ])

  /// What follows a complete stage in other languages.
  static let endings = ForeignTable(
    [
      "descending": "desc", "-descending": "desc", "DESC": "desc", "ascending": "asc", "ASC": "asc",
    ],
    explained: [
      "rows come from the source that begins the pipeline: `list | select …`": ["from"],
      "to write a file, add `| save \"file.csv\"`": ["into", ">"],
      "write `lookup by id` to add the workspace's columns": ["using"],
      "leave it out: rows keep every field": ["*"],
      "leave it out: `list` reads every connection; before a write, write `list all`": ["--all"],
      "write `| first n`": ["--limit"],
      "write `| show as json`": ["--json"],
      "`conn help list` describes a source, and `conn help where` a stage": ["--help", "-h"],
      "a comment begins with `#`; options belong to `conn eval` and `conn run`": ["--"],
      "nulls come first; filter them with `where … != null`": ["nulls"],
      "a pipeline goes on after a `|` at the end of a line, without `\\`": ["\\"],
    ])
}
