import Market
import Testing

@testable import Formats

/// Sections of raw text, which are read around libxml2.
@Suite struct RawTextTests {
  @Test func `several sections and the text between them are one text`() throws {
    let item = try item("<title>One <![CDATA[& two]]> and <![CDATA[<b>three</b>]]><![CDATA[]]>.</title>")
    #expect(item.title == "One & two and three.")
  }

  @Test func `an instruction of the document names no section`() throws {
    let item = try item("<title><?raw 0?>One<?raw 1?></title><description><![CDATA[Secret]]></description>")
    #expect(item.title == "One")
    #expect(item.summary == "Secret")
  }

  @Test func `each document of an answer has its own sections`() throws {
    let documents = ["One", "Two"].map {
      "<?xml version='1.0'?><rss><channel><item><title><![CDATA[\($0)]]></title></item></channel></rss>"
    }
    #expect(try readFeed(documents.joined(separator: "\n")).items.map(\.title) == ["One", "Two"])
  }

  @Test func `characters that XML does not have are blanks in an address as in a text`() throws {
    let item = try item(
      "<title><![CDATA[a\u{1}b\u{FFFE}c]]></title><link><![CDATA[https://example.com/a\u{1}b]]></link>")
    #expect(item.title == "a b c")
    #expect(item.link == "https://example.com/a%20b")
  }

  @Test func `the whole text speaks where there is no summary, in whatever order they come`() throws {
    let content = "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    let whole = "\(content)<![CDATA[<p>Whole</p><p>text</p>]]></content:encoded>"
    #expect(try item("<title>x</title>\(whole)").summary == "Whole text")
    #expect(try item("<title>x</title><description/>\(whole)").summary == "Whole text")
    #expect(try item("<title>x</title>\(whole)<description>Short</description>").summary == "Short")
    #expect(try item("<title>x</title><description>Short</description>\(whole)").summary == "Short")
  }

  @Test func `a section of twenty megabytes is cut like any text`() throws {
    let item = try item(
      "<title>x</title><description><![CDATA[\(String(repeating: "long ", count: 4_000_000))]]></description>")
    #expect(try #require(item.summary).utf8.count == FeedItem.longestText)
  }
}
