import API
import Evaluation
import Inspection
import JSON
import Language
import TestSupport
import Testing
import Text

/// The pages `fields` and `tags`.
@Suite struct PageTests {
  private func rows(_ json: String...) throws -> RowSet {
    let rows = try json.map { text in
      Row(try #require(Connection(try JSONParser.parse(Array(text.utf8)))))
    }
    return RowSet(.connections, rows)
  }

  @Test func describesFields() {
    let schema = Schema.connections
    expectText(
      SchemaPage(schema).text(width: 80),
      """
      19 columns; the rows are connections; ? may be null
      id                      int            number of the connection
      name                    string         name; not unique; set by create, update
      application             string         application it connects to, such as
                                             "salesforce"; set by create
      description             string?        free text; the API can't set it
      authorized_at           timestamp?     when the credentials were accepted
      authorization_status    string?        "success", "failed", "exception"; null
                                             for a shell that was never connected
      authorization_error     string?        why the credentials were rejected
      created_at              timestamp      when it was created
      updated_at              timestamp      when it was last changed; server filter:
                                             >, >= as updated_after
      external_id             string?        your own identifier, usually for the
                                             owner; server filter: == as external_id;
                                             set by create, update
      folder_id               int?           folder or project that contains it;
                                             server filter: == as folder_id; set by
                                             create, update
      connection_lost_at      timestamp?     when the connection was lost
      connection_lost_reason  string?        why the connection was lost
      parent_id               int?           connection of the same application that
                                             it inherits from; server filter: == as
                                             parent_id; set by create, update
      project_id              int?           project, if the API returns it
      tags                    list<string>?  handles of its tags, such as
                                             "tag-ANgeffPL-3gxQwA"; server filter:
                                             reading it adds includes[]=tags
      tag_titles              list<string>?  titles of its tags, such as "Accounting";
                                             needs a call that lists all tags; server
                                             filter: reading it adds includes[]=tags
      connected               bool           status is "success", and it hasn't been
                                             lost since it was authorized
      raw                     json           complete object from the API;
                                             `raw.some_field` reads a field not listed
                                             here

      """)
  }

  @Test func describesColumnsThatAreNotFields() {
    let schema = Schema(
      [
        Schema.Column("application", .string), Schema.Column("count", .int),
        Schema.Column("odd\u{1B}name", .json, nullable: true),
      ], areConnections: false)
    expectText(
      SchemaPage(schema).text(width: 30),
      """
      3 columns; the rows are not
      connections; ? may be null
      application  string
      count  int
      odd\\u{1B}name  json?

      """)
    #expect(
      SchemaPage(.empty).text() == "0 columns; the rows are not connections; ? may be null\n")
  }

  @Test(arguments: [20, 40, 60, 79, 120])
  func fieldsFitTheWidth(_ width: Int) {
    let lines = SchemaPage(.connections).text(width: width).split(separator: "\n")
    #expect(lines.allSatisfy { String($0).displayWidth <= max(width, 24) })
    #expect(lines.count > 17)
  }

  @Test func countsTags() {
    let set = RowSet(.connections, Samples.connections.map { Row($0) })
    expectText(
      TagsPage(set).text(width: 80),
      """
      tag       connections  connected  lost  failed  exception  never
      x                   3          1     0       1          1      0
      y                   2          1     0       0          1      0
      prod                1          1     0       0          0      0
      (no tag)            2          0     1       0          0      1
      3 tags on 4 of 6 connections

      """)
  }

  @Test func explainsRowsWithoutTags() throws {
    #expect(TagsPage(RowSet(.connections, [])).text() == "no connections\n")
    expectEqual(
      try TagsPage(rows(#"{"id":1}"#)).text(),
      "these rows were loaded without tags; use the rows of a whole `list`\n")
    let hostile = try rows(
      #"{"id":1,"tags":["a\u001b[2J","a\u001b[2J","é"]}"#, #"{"id":2,"tags":["e\u0301",3,null]}"#,
      #"{"id":3,"tags":"x"}"#)
    expectText(
      TagsPage(hostile).text(width: 40),
      """
      tag         connections  connected  lost
      a\\u{1B}[2J            1          0     0
      é                     1          0     0
      é                     1          0     0
      (no tag)              1          0     0
      3 tags on 2 of 3 connections; hidden
      columns: failed, exception, never – show
      as record

      """)
  }

  @Test(arguments: [20, 30, 80])
  func tagsFitTheWidth(_ width: Int) throws {
    let set = try rows(
      #"{"id":1,"tags":["a tag with a name that is longer than most of the others, and then some"]}"#
    )
    let lines = TagsPage(set).text(width: width).split(separator: "\n")
    #expect(lines.allSatisfy { String($0).displayWidth <= max(width, 40) })
  }
}
