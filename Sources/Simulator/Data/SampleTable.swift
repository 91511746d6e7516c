/// The rows of the sample workspace; the first two are the samples on the API's page.
enum SampleTable {
  static let rows = page + legacy + production + families + broken + people + oddities

  private static let home: Int64 = 4515
  private static let projects: Int64 = 28940
  private static let jira: Int64 = 1892
  private static let emea: Int64 = 30117
  private static let archive: Int64 = 77402

  private static let page = [
    SampleRow(36, "salesforce", "ACME Production Salesforce connection", in: home).with(samePage)
      .with(["tags": ["tag-ANgeffPL-3gxQwA"]]),
    SampleRow(37, "google_sheets", "ACME google sheet account", in: home).with(samePage).untagged,
  ]

  private static let samePage: KeyValuePairs<String, JSONValue> = [
    "authorized_at": "2015-05-26T22:53:52.528Z", "created_at": "2015-05-26T22:53:52.532Z",
    "updated_at": "2015-05-26T22:53:52.532Z",
  ]

  /// Five connections with `tag-legacy`: one used by recipes, one with children, one lost, one shell and
  /// one with a second tag.
  private static let legacy = [
    SampleRow(1204, "zendesk", "ACME legacy Zendesk", in: home, "tag-legacy").activeRecipes(2),
    SampleRow(1207, "netsuite", "ACME NetSuite (old ERP)", in: projects, "tag-legacy"),
    SampleRow(1211, "jira", "Old JIRA connection", in: jira, "tag-legacy").shell,
    SampleRow(1214, "salesforce", "ACME Salesforce sandbox 2019", in: archive, "tag-legacy")
      .failed("expired access/refresh token").lost("Refresh token expired", days: 90),
    SampleRow(1219, "slack", "ACME Slack (before the move)", in: emea, "tag-legacy", "tag-eu")
      .owned(by: "U12904"),
  ]

  private static let production = [
    SampleRow(1301, "jira", "Prod JIRA connection", in: jira, "tag-prod").activeRecipes(4),
    SampleRow(1302, "jira", "Test JIRA connection", in: jira),
    SampleRow(1303, "salesforce", "ACME Salesforce EU", in: emea, "tag-prod", "tag-eu")
      .activeRecipes(7),
    SampleRow(1304, "outreach", "Outreach scope connection", in: projects, "tag-prod"),
    SampleRow(1305, "workday", "ACME Workday", in: projects, "tag-prod", "tag-do-not-touch")
      .with(["description": "Payroll runs on this one"]).activeRecipes(3),
    SampleRow(1306, "amazon_s3", "ACME audit log archive", in: home, "tag-do-not-touch")
      .auditStreaming,
    SampleRow(1307, "servicenow", "ACME ServiceNow", in: projects, "tag-prod").inPacificTime,
    SampleRow(1308, "snowflake", "ACME Snowflake", in: projects, "tag-prod").activeRecipes(1),
    SampleRow(1309, "zendesk", "ACME Zendesk", in: home, "tag-prod"),
    SampleRow(1310, "slack", "ACME Slack", in: home, "tag-prod").activeRecipes(5),
    SampleRow(1311, "hubspot", "ACME HubSpot", in: emea, "tag-eu"),
    SampleRow(1312, "marketo", "ACME Marketo", in: projects),
    SampleRow(1313, "stripe", "ACME Stripe", in: home, "tag-do-not-touch"),
    SampleRow(1314, "github", "ACME GitHub", in: jira).with(["project_id": 118]),
    SampleRow(1315, "gmail", "ACME orders mailbox", in: home).untagged,
    SampleRow(1316, "box", "ACME Box", in: archive).untagged.inPacificTime,
  ]

  /// Parents, each followed by its children; the children of 1207 don't have its tag.
  private static let families = [
    SampleRow(1208, "netsuite", "ACME NetSuite (old ERP) – EU", in: projects, "tag-eu")
      .child(of: 1207),
    SampleRow(1209, "netsuite", "ACME NetSuite (old ERP) – US", in: projects).child(of: 1207),
    SampleRow(22318, "jira", "jira_connection_latest", in: projects, "tag-prod"),
    SampleRow(22319, "jira", "jira_connection", in: home).child(of: 22318).owned(by: "U12904"),
    SampleRow(22320, "jira", "jira_connection", in: emea).child(of: 22318).owned(by: "U12951"),
    SampleRow(22330, "google_sheets", "ACME Sheets", in: home),
    SampleRow(22331, "google_sheets", "ACME Sheets – forecasts", in: emea).child(of: 22330).shell,
  ]

  private static let broken = [
    SampleRow(3001, "salesforce", "ACME Salesforce reporting", in: projects, "tag-prod")
      .lost("Session expired or invalid", days: 200),
    SampleRow(3002, "zendesk", "ACME Zendesk EU", in: emea, "tag-eu")
      .lost("401 Unauthorized", days: -30),
    SampleRow(3003, "netsuite", "ACME NetSuite", in: projects, "tag-prod").activeRecipes(6)
      .failed("Invalid login attempt").lost("Invalid login attempt", days: 12),
    SampleRow(3004, "outreach", "Outreach (sales)", in: projects)
      .failed("The refresh token has been revoked").owned(by: "U12951"),
    SampleRow(3005, "marketo", "ACME Marketo EU", in: emea, "tag-eu")
      .exception("500 Internal Server Error").inPacificTime,
    SampleRow(3006, "workday", "ACME Workday sandbox", in: archive)
      .exception("getaddrinfo: Name or service not known").lost(.null, days: 3),
    SampleRow(3007, "slack", "ACME Slack alerts", in: home).lost("account_inactive", days: 45),
    SampleRow(3008, "jira", "New JIRA connection", in: jira).shell,
    SampleRow(3009, "salesforce", "ACME Salesforce – new environment", in: emea).shell.untagged,
    SampleRow(3010, "stripe", "ACME Stripe test mode", in: archive).shell,
    SampleRow(3011, "box", "ACME Box – contracts", in: archive)
      .failed("\"invalid_grant\": Refresh token has expired")
      .lost("Refresh token has expired", days: -1),
  ]

  /// Connections with an owner; runtime users' connections are listed only on request.
  private static let people = [
    SampleRow(4001, "gmail", "Mailbox", in: home).owned(by: "U12904"),
    SampleRow(4002, "google_sheets", "Commission sheet", in: projects).owned(by: "U12904"),
    SampleRow(4003, "outreach", "Outreach", in: projects).owned(by: "U12904").activeRecipes(1),
    SampleRow(4004, "gmail", "Mailbox", in: home).owned(by: "U12951"),
    SampleRow(4005, "hubspot", "HubSpot", in: emea, "tag-eu").owned(by: "12977"),
    SampleRow(4006, "gmail", "Mailbox", in: home).owned(by: "12977").shell,
    SampleRow(4101, "slack", "Slack (U12904)", in: home).owned(by: "U12904").runtime,
    SampleRow(4102, "slack", "Slack (U12951)", in: home).owned(by: "U12951").runtime,
    SampleRow(4103, "salesforce", "Salesforce (U12951)", in: projects, "tag-prod").runtime
      .owned(by: "U12951").lost("INVALID_SESSION_ID", days: 2),
  ]

  /// Names and fields that may trip up a program.
  private static let oddities = [
    SampleRow(5001, "rest", "ACME \"core\", billing", in: home),
    SampleRow(5002, "rest", "ACME 🚀 launch 👩‍👩‍👧", in: projects),
    SampleRow(5003, "rest", "本番環境の接続", in: emea, "tag-prod"),
    SampleRow(5004, "rest", "חיבור ייצור", in: emea),
    SampleRow(5005, "rest", "ACME\u{7} bell\u{200B}zero", in: archive),
    SampleRow(5006, "rest", "=HYPERLINK(\"https://elsewhere.example\",\"ACME\")", in: archive),
    SampleRow(5007, "rest", "ACME Zu\u{308}rich", in: emea, "tag-eu"),
    SampleRow(5008, "rest", "  ACME padded  ", in: archive),
    SampleRow(5009, "rest", "", in: archive).untagged,
    SampleRow(5010, "rest", "ACME REST", in: home),
    SampleRow(5_000_000_123, "rest", "ACME REST", in: home),
  ]
}
