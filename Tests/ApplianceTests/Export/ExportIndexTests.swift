import Foundation
import Schema
import Store
import Testing

@Suite struct ExportIndexTests {
  @Test func `every column of every dataset is explained`() {
    for dataset in NamedDataset.all {
      for column in dataset.columns {
        #expect(dataset.meaning(of: column).text != "", "\(dataset.name).\(column.name): NamedDataset+Dictionary")
      }
    }
  }

  @Test func `a folder of everything proves itself and tells what is in it`() async throws {
    let record = try Record()
    let out = record.home.file("out")
    #expect(try await record.home.appliance("export", "all", "-o", out).exit == 0)
    let sums = try await ApplianceProcess(
      executable: "/bin/sh",
      arguments: ["-c", "cd \"$0\" && sha256sum -c --quiet --strict SHA256SUMS && wc -l < SHA256SUMS", out]
    ).run()
    #expect(sums.exit == 0, "\(sums.talk)")
    #expect(sums.output == "\(NamedDataset.all.count + 3)\n")
    let index = try #require(try json(record, "index.json") as? [String: Any])
    let files = try #require(index["files"] as? [[String: Any]])
    #expect(index["version"] as? Int == 1)
    #expect(files.map { $0["dataset"] as? String } == NamedDataset.all.map(\.name))
    for file in files {
      let text = try #require(record.home.text("out/\(file["file"] as? String ?? "")"))
      #expect(file["bytes"] as? Int == text.utf8.count)
      let columns = try #require(file["columns"] as? [[String: Any]])
      #expect(text.hasPrefix(columns.compactMap { $0["name"] as? String }.joined(separator: ",") + "\n"))
    }
    #expect(files.first { $0["dataset"] as? String == "bar" }?["rows"] as? Int == 98)
  }

  @Test func `what it tells Datasette is as Datasette reads it`() async throws {
    let record = try Record()
    _ = try await record.home.appliance("export", "all", "-o", record.home.file("out"))
    let metadata = try #require(try json(record, "metadata.json") as? [String: Any])
    let databases = try #require(metadata["databases"] as? [String: [String: [String: [String: Any]]]])
    let tables = try #require(databases["appliance"]?["tables"])
    #expect(tables.count == NamedDataset.all.count)
    #expect((tables["bar"]?["columns"] as? [String: String])?["close"] == "last price of the interval (quote currency)")
    #expect((tables["run"]?["description"] as? String)?.isEmpty == false)
  }

  @Test func `the dictionary has a section for every dataset`() async throws {
    let record = try Record()
    _ = try await record.home.appliance("export", "all", "-o", record.home.file("out"), "--format", "ndjson")
    let text = try #require(record.home.text("out/DICTIONARY.md"))
    for dataset in NamedDataset.all { #expect(text.contains("\n## \(dataset.name)\n")) }
    #expect(text.contains("| [bar](#bar) | bar.ndjson | 98 | prices of every source and interval |\n"))
    #expect(text.contains("| close | real | quote currency | close of the day's last stored bar |\n"))
  }

  @Test func `what an index tells of is replaced only with the index`() async throws {
    let record = try Record()
    let out = record.home.file("out")
    #expect(try await record.home.appliance("export", "all", "-o", out).exit == 0)
    let whole = record.home.text("out/ohlc_hourly.csv")
    for words in [["ohlc_hourly", "-o", out], ["BTC", "-o", "\(out)/ohlc_hourly.csv"]] {
      let ended = try await ApplianceProcess(arguments: ["export"] + words + ["--home", record.home.path]).run()
      #expect(ended.exit == 64)
      #expect(ended.talk.contains("the index beside it tells of the file that `export all` wrote there"))
    }
    #expect(record.home.text("out/ohlc_hourly.csv") == whole)
    #expect(try await record.home.appliance("export", "ohlc_hourly", "--format", "ndjson", "-o", out).exit == 0)
    #expect(try await record.home.appliance("export", "all", "-o", out).exit == 0)
  }

  @Test func `in a folder the prices of assets are called by these`() async throws {
    let record = try Record(
      "DELETE FROM price_choice WHERE asset_id = (SELECT asset_id FROM asset WHERE symbol = 'ETH');")
    for words in [["BTC"], ["eth", "BTC"], ["ETH", "--interval", "1d"]] {
      let ended = try await ApplianceProcess(
        arguments: ["export"] + words + ["-o", record.home.file("out/"), "--home", record.home.path]
      ).run()
      #expect(ended.exit == 0, "\(ended.talk)")
    }
    #expect(record.home.names("out") == ["BTC.csv", "ETH-BTC.csv", "ETH_1d.csv"])
  }

  @Test func `one dataset in a folder needs no index`() async throws {
    let record = try Record()
    _ = try await record.home.appliance("export", "bar", "-o", record.home.file("out/"))
    #expect(record.home.names("out") == ["bar.csv"])
  }

  private func json(_ record: Record, _ name: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(try #require(record.home.text("out/\(name)")).utf8))
  }
}
