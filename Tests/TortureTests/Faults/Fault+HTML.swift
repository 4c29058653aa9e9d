import Support

extension Fault {
  /// Pages: Farside's own, damaged, and those of others that stand in an answer's place.
  static let html = [
    page("a welcome page", "<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>"),
    page(
      "a sign-in page",
      #"<html><body><form action="/login"><input name="user"><input name="password" type="password"></form></body></html>"#
    ),
    page("a script and nothing else", "<html><head><script>location='/x'</script></head><body></body></html>"),
    page("a maintenance page", "<html><body>Down for maintenance</body></html>"),
    Fault("a firewall's page") { _ in .html("<html><title>Just a moment...</title></html>", status: 403) },
    Fault("a firewall's line") { question in question.whole("error code: 1015") },
    Fault("a table of another name") { question in
      damaged(question) { $0.page($1.joined(), tableClass: "news") }
    },
    Fault("a table in a table") { question in
      damaged(question) { answers, rows in
        answers.page(rows.map { $0.replacing("<td>(", with: "<td><table><tr><td>9</td></tr></table>(") }.joined())
      }
    },
    Fault("cells that are not closed") { question in
      damaged(question) { answers, rows in
        answers.page(rows.joined().replacing("</td>", with: "").replacing("</tr>", with: ""))
      }
    },
    Fault("a table that is not closed") { question in
      damaged(question) { answers, rows in
        answers.page(rows.joined()).replacing("</tbody></table>", with: "")
      }
    },
    Fault("a column without a head") { question in
      damaged(question) { answers, rows in answers.page(rows.joined()).replacing("<th>FBTC</th>", with: "") }
    },
    Fault("a column of cells too many") { question in
      damaged(question) { answers, rows in
        answers.page(rows.map { $0.replacing("</tr>", with: "<td>1.0</td></tr>") }.joined())
      }
    },
    Fault("two columns of one name") { question in
      damaged(question) { answers, rows in answers.page(rows.joined()).replacing("FBTC", with: "IBIT") }
    },
    Fault("totals that do not add up") { question in
      damaged(question) { answers, rows in
        answers.page(rows.map { $0.replacing(".5</td></tr>", with: ".9</td></tr>") }.joined())
      }
    },
  ]

  private static func page(_ name: String, _ text: String) -> Fault { Fault(name) { _ in .html(text) } }

  /// Farside's page, damaged; of the others, a page where there should be none.
  private static func damaged(_ question: Question, _ spoilt: (GoodAnswers, [String]) -> String) -> Response {
    let isPage = question.answers.provider == "farside"
    let rows = isPage ? question.answers.rows(for: question.request) : []
    return .html(spoilt(question.answers, rows))
  }
}
