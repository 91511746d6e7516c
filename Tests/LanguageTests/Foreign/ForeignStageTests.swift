import Language
import Testing

/// Each stage of other languages gets a hint of its own.
@Suite struct ForeignStageTests {
  private static let stages: [(language: String, typed: [String])] = [
    (
      "jq",
      [
        "select(.connected)", "map(.name)", "map(select(.connected))", "sort_by(.name)", "sort",
        "reverse", "group_by(.application)", "unique_by(.name)", "unique", "limit(5; .)",
        "first(.[])", "last(.[])", ".[0:5]", ".[0]", "nth(3)", "length", "min_by(.id)",
        "max_by(.id)", "del(.name)", "keys", "to_entries", "from_entries", "with_entries(.value)",
        "add", "any", "all", #"has("name")"#, #"contains("x")"#, #"inside("x")"#, "flatten",
        "@csv", "@tsv", "@json", "tojson", "tostring", #"test("x")"#, #"sub("a"; "b")"#,
        #"gsub("a"; "b")"#, "{id, name}", "[.id, .name]", "empty", "not", "input", "paths",
        #"split(",")"#, #"join(",")"#, "ascii_downcase", #"startswith("x")"#, #".name = "x""#,
        #".name |= "x""#, "as $x", "walk(.)", "debug", "error", "type", "env",
      ]
    ),
    (
      "SQL",
      [
        "order by name", "limit 5", "limit 5 offset 10", "offset 5", "fetch first 5 rows only",
        "top 5", "having count > 3", "distinct", "distinct name", "join x on id", "inner join x",
        "left join x", "union all", "intersect x", "except x", "minus x", "insert into x",
        #"update set name = "x""#, "delete from x", "count(*)", "count(distinct name)", "sum(id)",
        "avg(id)", "min(id)", "max(id)", "merge into x", "truncate", "drop table x",
        "alter table x", "as x", "values (1)", "returning id", "partition by name", "over (x)",
        "explain", "sample 5", "tablesample", "qualify x", "pivot x", "with x",
      ]
    ),
    (
      "KQL",
      [
        "filter connected", "project id", "project-away id", "project-keep id",
        "project-rename a = id", "project-reorder id", "extend x = 3", "order by name", "take 5",
        "limit 5", "top 5 by id", "top-hitters 5 of name", "top-nested 5 of name", "distinct name",
        "summarize count() by application", "join (x) on id", "lookup x on id", "union x",
        #"search "x""#, #"find "x""#, "sample 5", "sample-distinct 5 of name", "mv-expand tags",
        "mv-apply tags", "parse name with x", "parse-where name", "render barchart", "serialize",
        "as x", "getschema", "print x", "evaluate x", "make-series x", "invoke x", "facet by x",
        "fork x", "partition by x", "consume", "externaldata x", "datatable x", "range x",
        "scan x", "reduce by x", "assert-schema x",
      ]
    ),
    (
      "PowerShell",
      [
        "Where-Object connected", "where { $_.connected }", "? connected", "Select-Object name",
        "Select-Object -First 5", "Sort-Object name", "sort name", "Group-Object application",
        "group application", "Measure-Object", "measure", "ForEach-Object { x }", "% { x }",
        "foreach { x }", "Tee-Object x.txt", "Out-File x.txt", "Set-Content x.txt",
        "Add-Content x.txt", "Export-Csv x.csv", "ConvertTo-Csv", "ConvertTo-Json",
        "ConvertTo-Html", "ConvertFrom-Json", "ConvertFrom-Csv", "Import-Csv x", "Format-Table",
        "Format-List", "Format-Wide", "ft", "fl", "Out-GridView", "Out-Host", "Out-Null",
        "Out-String", "Compare-Object x", "Get-Unique", "Select-String x", "sls x", "Get-Member",
        "gm", "Join-Object x", "Join-String", "Write-Output", "Write-Host", "Remove-Item",
        "Rename-Item", "Move-Item", "Set-Item", "New-Item", "Add-Member", "Update-Object",
      ]
    ),
    (
      "Nushell",
      [
        "filter { x }", "reject name", "get name", "sort-by name", "sort", "reverse",
        "group-by application", "skip until x", "skip while x", "take 5", "take until x",
        "take while x", "drop 5", "drop nth 5", "drop column", "uniq", "uniq-by name", "length",
        "each { x }", "par-each { x }", #"update name "x""#, #"upsert name "x""#,
        #"insert name "x""#, "rename a", "move x", "flatten", "transpose", "append x", "prepend x",
        "merge x", "join x id", "columns", "values", #"find "x""#, "to csv", "to json", "to md",
        "to tsv", "to yaml", "to text", "save x.csv", "open x", "table", "explore", "headers",
        "compact", "default x name", "into int", "split-by name", "chunks 5", "window 5",
        "reduce { x }", "any { x }", "all { x }", "enumerate", "wrap x", "is-empty",
        "is-not-empty", "histogram name", "zip x", "shuffle", "math sum", "math max",
        "format pattern", "lines", "parse x", "ignore", "print", "describe", "every 5",
        "range 0..5", "roll up", "rotate", "collect", "tee x", "inspect", "items { x }", "fill",
        "interleave", "metadata", "do { x }", "nth 5", "slice 0..5",
      ]
    ),
  ]

  @Test(arguments: stages)
  func stagesHaveHints(_ language: String, _ typed: [String]) {
    for stage in typed {
      let errors = CheckFixture().analyze("list | \(stage)").diagnostics.filter(\.isError)
      let help = errors.first?.help.first ?? ""
      #expect(!help.isEmpty && !help.hasPrefix("the stages are"), "\(language): \(stage): \(help)")
    }
  }
}
