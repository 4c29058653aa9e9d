import Support

extension Fault {
  /// Where an answer sends us.
  static let redirects =
    [
      ("another host", "http://elsewhere.invalid/api"), ("another scheme", "https://127.0.0.1/api"),
      ("a file", "file:///etc/passwd"), ("a private address", "http://169.254.169.254/latest"),
      ("a path with a password", "http://user:password@127.0.0.1/"), ("gopher", "gopher://127.0.0.1:70/1"),
      ("nothing legible", "http://["), ("a place that splits headers", "/x%0d%0aX-Injected:1"),
    ].map { name, target in Fault("redirected to \(name)") { _ in .redirect(to: target) } }
    + [
      Fault("redirected in a circle") { question in .redirect(to: question.request.target) },
      Fault("redirected to nowhere") { _ in .status(302) },
      Fault("redirected to the same server, for good") { question in
        question.request.target.contains("moved=1")
          ? question.whole(question.bytes)
          : .redirect(
            to: question.request.target + (question.request.target.contains("?") ? "&" : "?") + "moved=1", status: 301)
      },
    ]
}
