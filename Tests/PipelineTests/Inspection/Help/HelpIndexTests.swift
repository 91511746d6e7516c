import Inspection
import TestSupport
import Testing

/// `help` without a topic.
@Suite struct HelpIndexTests {
  @Test func listsAllTopics() {
    expectText(
      HelpPage().text(width: 80),
      """
      Topics
        language     the language on two screens
        statements   let, param, def, use, for, if, print
        sources      list, get, from, $rows, it, create
        stages       where, select, sort, first, last, skip, distinct, group, count,
                     expect, diff, lookup, …
        functions    now, today, ago, date, lower, upper, trim, length, replace, int,
                     split, substring, …
        operators    if, or, and, not, ==, !=, <, <=, >, >=, in, not in, …
        literals     string, raw string, interpolation, int, duration, timestamp,
                     bool, null, array, object
        fields       id, name, application, description, authorized_at,
                     authorization_status, authorization_error, created_at,
                     updated_at, external_id, folder_id, connection_lost_at, …
        dates        @2026-01-31, @2026-01-31T10:00:00+02:00, 90d, 36h, 1d12h,
                     ago(90d), now() - 36h, today()
        settings     region, host, token, proxy, ca_file, production, read_only,
                     protect, max_writes, max_percent, rate, output
        tests        given, parameters, environment, now, selection, rows, calls,
                     outcomes, exit, error
        environment  WORKATO_API_TOKEN, WORKATO_HOST, WORKATO_PROFILE, HTTPS_PROXY,
                     NO_PROXY, SSL_CERT_FILE, XDG_CONFIG_HOME, XDG_STATE_HOME,
                     NO_COLOR, PAGER, VISUAL
        files        $XDG_CONFIG_HOME/conn/config.conn, $XDG_STATE_HOME/conn/runs/,
                     $XDG_STATE_HOME/conn/applied/, $XDG_STATE_HOME/conn/pace/,
                     $XDG_STATE_HOME/conn/history.jsonl,
                     $XDG_STATE_HOME/conn/applications.json
        exit codes   exit 0, exit 1, exit 2, exit 3, exit 4, exit 5, exit 6, exit 7,
                     exit 8, exit 9, exit 10, exit 11, …
        diagnostics  C0001, C0002, C0003, C0004, C0005, C0006, C0007, C0008, C0009,
                     C0010, C0050, C0051, …

        `:help TOPIC` shows a topic, `:help NAME` an entry, such as `:help group by`.

      """)
  }
}
