import API
import Testing

/// The calls for tags: how they are joined, and how answers are read.
@Suite struct TagCallTests {
  private func tag(_ ids: [Int64], add: [String] = ["tag-a"], remove: [String] = []) -> WriteCall {
    .assignTags(add: add, remove: remove, connections: ids)
  }

  // MARK: Merging

  @Test func joinsCallsWithTheSameTags() {
    #expect(tag([1]).merging(tag([2])) == tag([1, 2]))
    #expect(tag([1, 2]).merging(tag([3, 2, -1])) == tag([1, 2, 3, -1]))
  }

  @Test func keepsOtherCallsApart() {
    let others: [WriteCall] = [
      tag([2], add: ["tag-b"]), tag([2], add: []), tag([2], remove: ["tag-b"]), tag([]),
      .update(id: 2, []), .delete(id: 2), .create([]),
    ]
    for other in others {
      #expect(tag([1]).merging(other) == nil, "\(other)")
      #expect(other.merging(tag([1])) == nil, "\(other)")
    }
    #expect(WriteCall.delete(id: 1).merging(.delete(id: 2)) == nil)
  }

  @Test func joinsAtMostOneHundredConnections() {
    let most = tag(Array(1...99))
    expectCount(most.merging(tag([100])), 100)
    expectCount(most.merging(tag([99, 100])), 100)
    expectCount(most.merging(tag([100, 101])), nil)
  }

  private func expectCount(_ call: WriteCall?, _ count: Int?) { #expect(call?.ids.count == count) }

  @Test func otherCallsHaveOneConnectionOrNone() {
    #expect(WriteCall.update(id: 36, []).ids == [36])
    #expect(WriteCall.create([]).ids == [])
    #expect(WriteCall.create([]).id == nil)
    #expect(tag([7, 8]).id == 7)
  }

  // MARK: Tags

  private static let accounting =
    #"{"handle":"tag-ANgdXgTF-bANz3H","title":"Accounting","color":7}"#

  private func read(_ status: Int, _ body: String) throws(ClientError) -> TagsAnswer {
    try TagsAnswer(Answer(status: status, body: Array(body.utf8)))
  }

  @Test(arguments: [
    #"{"data":{"tags":[\#(accounting)]}}"#, "[\(accounting)]", #"{"tags":[\#(accounting)]}"#,
    #"{"result":[\#(accounting)]}"#,
  ])
  func readsEveryShapeOfAPage(_ body: String) throws {
    let answer = try read(200, body)
    #expect(answer.tags == [Tag(handle: "tag-ANgdXgTF-bANz3H", title: "Accounting")])
    #expect(!answer.isFull)
  }

  @Test func pageOfOneHundredIsFull() throws {
    let tags = Array(repeating: Self.accounting, count: 100).joined(separator: ",")
    #expect(try read(200, "[\(tags)]").isFull)
    #expect(try !read(200, "[]").isFull)
  }

  @Test(arguments: [
    (200, "", ClientError.unreadable("unexpected end: a value is missing at byte 0")),
    (200, "{}", .unreadable("expected a list of tags")),
    (200, "null", .unreadable("expected a list of tags")),
    (200, #"{"data":[]}"#, .unreadable("expected a list of tags")),
    (200, #"{"data":{"tags":{}}}"#, .unreadable("expected a list of tags")),
    (
      200, #"[\#(accounting),{"handle":"x"}]"#,
      .unreadable("element 2 is not a tag: it has no handle or no title")
    ),
    (
      200, #"[{"handle":1,"title":"x"}]"#,
      .unreadable("element 1 is not a tag: it has no handle or no title")
    ),
    (401, #"{"message":"Unauthorized"}"#, .unprivileged(.tags, "Unauthorized")),
    (403, "", .unprivileged(.tags, "Forbidden")),
    (200, "<!DOCTYPE html>", .unprivileged(.tags, "the server answers with a web page")),
    (404, "", .missing(.tags)), (404, "<html>", .missing(.tags)),
    (429, "", .limited(retryAfter: nil)), (500, "", .server(status: 500, message: nil)),
    (302, "", .redirected(to: "an unknown location")),
    (200, #"{"success":false,"message":"no"}"#, .refused("no")),
  ])
  func reportsUnreadableTags(_ status: Int, _ body: String, _ expected: ClientError) {
    #expect(throws: expected) { try read(status, body) }
  }

  // MARK: Privileges

  @Test func namesTheMissingPrivilege() {
    let text = "this token's API client role lacks the privilege for tags: Unauthorized"
    #expect(ClientError.unprivileged(.tags, "Unauthorized").description == text)
    #expect(ClientError.missing(.tags).description == "this host has no tags endpoint")
  }

  @Test func onlyCallsForTagsBlameThePrivilege() {
    for (kind, error) in [
      (Rejection.Kind.unauthorized, ClientError.unauthorized("no")), (.forbidden, .forbidden("no")),
    ] {
      let rejection = Rejection(kind: kind, status: 401, message: "no")
      #expect(ClientError(rejection, of: .tag) == .unprivileged(.tags, "no"))
      #expect(ClientError(rejection, of: .delete) == error)
    }
  }
}
