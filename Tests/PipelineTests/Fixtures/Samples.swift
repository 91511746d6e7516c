import API
import JSON

enum Samples {
  /// Six connections: connected, lost, shell; tagged and not; parent and child.
  static let connections: [Connection] = [
    #"{"id":36,"name":"Prod JIRA connection","application":"jira","description":null,"authorized_at":"2015-05-26T22:53:52.528Z","authorization_status":"success","authorization_error":null,"created_at":"2015-05-26T22:53:52.532Z","updated_at":"2025-05-26T22:53:52.532Z","external_id":"U12904","folder_id":4515,"connection_lost_at":null,"connection_lost_reason":null,"parent_id":null,"tags":["x","prod"]}"#,
    #"{"id":37,"name":"ACME google sheet account","application":"google_sheets","authorized_at":"2015-05-26T22:53:52.528Z","authorization_status":"success","created_at":"2015-05-26T22:53:52.532Z","updated_at":"2026-01-30T22:53:52.532Z","external_id":null,"folder_id":4515,"connection_lost_at":"2026-01-30T10:00:00-08:00","parent_id":null,"tags":null}"#,
    #"{"id":38,"name":"jira_connection","application":"jira","authorization_status":null,"authorized_at":null,"created_at":"2015-05-26T22:53:52.532Z","updated_at":"2015-05-26T22:53:52.532Z","external_id":12977,"folder_id":28940,"parent_id":36,"tags":[],"project_id":7,"custom":{"a":[1,2.50]}}"#,
    #"{"id":39,"name":"=1+1, \"quoted\"","application":"slack","authorization_status":"failed","authorized_at":"2015-05-26T22:53:52.528Z","created_at":"2015-05-26T22:53:52.532Z","updated_at":"2015-05-26T22:53:52.532Z","external_id":"","folder_id":null,"parent_id":null,"tags":["x"]}"#,
    #"{"id":40,"name":"bell\u0007 日本","application":"jira","authorization_status":"success","authorized_at":"2020-01-01T00:00:00Z","connection_lost_at":"2019-01-01T00:00:00Z","created_at":"2015-05-26T22:53:52.532Z","updated_at":"2015-05-26T22:53:52.532Z","external_id":"U12904","folder_id":28940,"parent_id":null,"tags":["y"]}"#,
    #"{"id":5000000123,"name":"é","application":"outreach","authorization_status":"exception","authorized_at":null,"created_at":"2015-05-26T22:53:52.532Z","updated_at":"2015-05-26T22:53:52.532Z","external_id":"e\u0301","folder_id":1892,"parent_id":null,"tags":["x","y"]}"#,
  ].compactMap { text in
    (try? JSONParser.parse(Array(text.utf8))).flatMap { Connection($0) }
  }
}
