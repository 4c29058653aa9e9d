extension FeedItem {
  /// A text as somebody sent it, the way the texts of feeds are kept: without markup and control characters, white space
  /// folded, cut to so many bytes with an ellipsis.
  package static func plain(_ text: String, limit: Int = longestText) -> String {
    // Of what is far longer than is kept the rest is not looked at.
    let bytes = Array(text.utf8.prefix(limit * 16))
    let whole = String(decoding: bytes, as: UTF8.self)
    return FeedText.cut(FeedText.plain(Array(whole.utf8), isMarkup: true), to: limit)
  }

  /// Sets the title, and notes whether it is longer than any title.
  package mutating func entitle(_ text: String) {
    isTitleCut = text.utf8.count > FeedItem.longestTitle * 4
    title = FeedItem.plain(text, limit: FeedItem.longestTitle * 4)
    isTitleCut = isTitleCut || title.utf8.count > FeedItem.longestTitle
    if isTitleCut { title = FeedItem.plain(title, limit: FeedItem.longestTitle) }
  }
}
