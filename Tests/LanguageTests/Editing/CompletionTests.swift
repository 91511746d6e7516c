import TestSupport
import Testing

@Suite struct CompletionTests {
  private static let starts = "list get from create it let param def use for if print"
  private static let stages =
    "where select sort first last skip distinct group count expect diff lookup save show update "
    + "disconnect delete create tag untag"
  private static let textOperators =
    "== != < <= > >= in [not in] contains [starts with] [ends with] like matches between"

  @Test(arguments: [
    ("‸", starts), ("li‸", "list"), ("LI‸", "list"), ("l‸", "list let"), ("list\n‸", starts),
    ("list; ‸", starts), ("if true {\n‸", "list get from create it let for if print"),
    ("list ‸", "all with where"), ("list all ‸", "with where"), ("list with ‸", "runtime"),
    ("list all | ‸", stages), ("list all\n| ‸", stages),
    ("list all |\n  s‸", "select sort skip save show"),
    ("list | d‸", "distinct diff disconnect delete"),
    ("list where connected | d‸", "distinct diff disconnect delete"),
    (
      "list | count | ‸",
      "where select sort first last skip distinct group count expect save show chart create"
    ),
    ("get ‸", ""), ("list | first ‸", ""), ("get 36 | disconnect ‸", "force"),
    ("get 36 | disconnect force ‸", ""),
    ("list | show ‸", "as"), ("list | show as ‸", "table json jsonl csv ids markdown record"),
    ("list | show as j‸", "json jsonl"), ("list | sort ‸", "by"), ("list | group ‸", "by"),
    ("list | expect ‸", "all none count"), ("list | expect count ‸", "== != < <= > >="),
    ("list | sort by name ‸", "desc asc \(textOperators)"), ("list | select name a‸", "as"),
    ("list | group by application ‸", "as with \(textOperators)"),
    ("list | group by application with ‸", "count() min( max("),
    ("list | group by application with count(), ‸", "min( max("),
    ("param x: ‸", "bool duration int json record secret string timestamp list<"),
    ("def a(x: list<s‸", "secret string"), ("let x = l‸", "list lower( length("),
    ("for x ‸", "in"),
    (
      "for x in ‸",
      "list get from create it now() today() ago( date( lower( upper( trim( length( replace( int( split( substring( remove_prefix( remove_suffix( count( empty( min( max( env( secret( true false null not"
    ),
    ("def a(x: r‸", "record rows"), ("let ‸", ""), ("list | select id as ‸", ""), ("update‸", ""),
    ("get 36 | delete | d‸", "distinct diff"),
    ("let a = get 36 | delete\n$a | d‸", "distinct diff disconnect delete"),
    ("list | diff ‸", "from it"), ("list | lookup ‸", "by"), ("it | lookup by ‸", "id external_id"),
    ("list where if connected ‸", "and or then == != in [not in]"),
    ("if true {\n}‸", ""), ("if true {\n} ‸", "else"),
    (
      "test \"a\" { ‸",
      "[given = ] [parameters = ] [environment = ] [now = ] [selection = ] [rows = ] [calls = ] [outcomes = ] [exit = ] [error = ]"
    ),
    ("test \"a\" {\n  given = []\n  e‸", "[environment = ] [exit = ] [error = ]"),
    ("test \"a\" { given ‸", ""),
  ])
  func completesWords(_ text: String, _ expected: String) {
    #expect(CompletionFixture().texts(text) == expected)
  }

  @Test(arguments: [
    ("‸", "let test"), ("let a = 1\nt‸", "test"), ("test \"a\" {\n  o‸", "[outcomes = ]"),
    ("let a = 1\ntest \"a\" { exit = $‸", "$a"),
  ])
  func completesTestFiles(_ text: String, _ expected: String) {
    #expect(CompletionFixture(name: "clean_test.conn").texts(text) == expected)
  }

  @Test(arguments: [
    (
      "list | select id, name | where ‸",
      "id name now() today() ago( date( lower( upper( trim( length( replace( int( split( substring( remove_prefix( remove_suffix( count( empty( min( max( env( secret( true false null not"
    ),
    (
      "list | select id, name as title | sort by ‸",
      "id title now() today() ago( date( lower( upper( trim( length( replace( int( substring( remove_prefix( remove_suffix( count( empty( min( max( env( true false not"
    ),
    (
      "list | group by application with count() | select ‸",
      "application count now() today() ago( date( lower( upper( trim( length( replace( int( split( substring( remove_prefix( remove_suffix( count( empty( min( max( env( secret( true false null not"
    ),
    ("list where a‸", "application authorized_at authorization_status authorization_error ago("),
    ("list where prov‸", "provider"), ("list | select id, i‸", "int("),
    ("list | sort by t‸", "today() trim( true"),
    ("list | distinct by t‸", "tags tag_titles today() trim( true"),
    ("get 36 | disconnect | where o‸", "outcome"),
    ("get 36 | delete | select r‸", "raw reason replace( remove_prefix( remove_suffix("),
    ("list where raw.‸", ""), ("for c in list { print $c.n‸", "name"),
    ("from \"rows.csv\" | where o‸", "owner"), ("list | select name | expect all na‸", "name"),
    (
      "list where created_at < ‸",
      "authorized_at created_at updated_at connection_lost_at raw now() today() ago( date( min( max("
    ),
    ("list where connected == ‸", "true false null connected raw empty("),
    ("list where folder_id == p‸", "parent_id project_id"),
    (
      "list where updated_at < now() - ‸",
      "authorized_at created_at updated_at connection_lost_at raw now() today() ago( date( min( max("
    ),
    ("print f\"{low‸", "lower("), ("list | select x = f\"a {na‸me}\"", "name"),
    ("list | select x = f\"a {lower(na‸", "name"),
  ])
  func completesFieldsAndValues(_ text: String, _ expected: String) {
    #expect(CompletionFixture().texts(text) == expected)
  }

  @Test(arguments: [
    (
      "get 36 | update ‸",
      "[name = ] [external_id = ] [folder_id = ] [parent_id = ] [shell_connection = ] [input = ]"
    ),
    (
      "get 36 | update name = \"x\", ‸",
      "[external_id = ] [folder_id = ] [parent_id = ] [shell_connection = ] [input = ]"
    ),
    ("create a‸", "always [application = ]"), ("create u‸", "unless"),
    ("create unless ‸", "exists"), ("create always ap‸", "[application = ]"),
    ("create p‸", "[parent_id = ] [provider = ]"),
    ("create provider = \"jira\", a‸", ""),
    ("get 36 | update folder_id = p‸", "parent_id project_id"),
    ("get 36 | update external_id = n‸", "null name"),
    ("get 36 | update name = n‸", "name"),
  ])
  func completesAssignments(_ text: String, _ expected: String) {
    #expect(CompletionFixture().texts(text) == expected)
  }

  @Test(arguments: [
    ("list where tags ‸", "[has any] [has all] has == != ??"), ("list where name ‸", textOperators),
    ("list where created_at ‸", "== != < <= > >= in [not in] between + -"),
    ("list where connected ‸", "and or == != in [not in]"),
    ("list where folder_id ‸", "== != < <= > >= in [not in] between + - ??"),
    ("list where connected and name ‸", textOperators), ("list where name == \"x\" ‸", "and or"),
    ("list where (name == \"x\") ‸", "and or == != in [not in]"),
    ("list where tags has a‸", "any all application authorization_status authorization_error"),
    ("list where name not ‸", "in"), ("list where name starts ‸", "with"),
    ("list where created_at between now() ‸", "and + -"),
  ])
  func completesOperators(_ text: String, _ expected: String) {
    #expect(CompletionFixture().texts(text) == expected)
  }

  @Test(arguments: [
    ("list where name == $‸", "$owner"), ("list | first ‸", "$most"), ("list | first $‸", "$most"),
    ("print $o‸", "$owner"),
    ("$‸", "$rows"), ("let a = $rows | select n‸", "name now() null not"),
    ("list | diff $‸", "$rows"),
    ("print count($‸", "$rows"), ("list all | s‸", "select sort skip save show stale("),
    ("def mine(tag: string) = where tags has $‸", "$most $owner $tag"),
    ("def mine(tag: string) = where n‸", "name now() null not"),
    ("for c in $rows { print $‸", "$c. $most $owner"),
    ("use \"lib.conn\"\nlist | t‸", "tag tidy("),
  ])
  func completesNames(_ text: String, _ expected: String) {
    let scope = CompletionFixture.scope(
      behind:
        "let rows = list\nlet owner = \"a\"\nlet most = 3\ndef stale(d: duration) = where updated_at < ago($d)"
    )
    #expect(CompletionFixture(scope: scope).texts(text) == expected)
  }
}
