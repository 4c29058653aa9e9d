import FlatFiles
import Formats
import Market
import Providers
import Support

extension FuzzTarget {
  /// Files of facts as people bring them, whole and in pieces, plain and packed.
  static let imports = [
    importedFile(
      "import-bars", barFiles, ImportOrder(dataset: .bar, asset: "BTC", assetClass: .crypto, interval: .hour1)),
    importedFile(
      "import-sessions", sessionFiles,
      ImportOrder(
        dataset: .bar, asset: "SPY", assetClass: .fund, interval: .minute5, timeZone: "America/New_York",
        dateOrder: .mdy, takesNoVolume: true)),
    importedFile(
      "import-decimal-comma", commaFiles,
      ImportOrder(
        dataset: .bar, asset: "OIL", assetClass: .commodity, interval: .day1, dateOrder: .dmy, decimalComma: true,
        stampsEnd: true)),
    importedFile(
      "import-sentiment", moodFiles,
      ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1)),
    importedFile(
      "import-flows", flowFiles,
      ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, unit: 1_000_000)),
    importedFile(
      "record-bars", recordFiles,
      ImportOrder(dataset: .bar, asset: "BTC", assetClass: .crypto, interval: .hour1, layout: FactText.layout)),
    importedFile(
      "record-flows", recordFiles,
      ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, layout: FactText.layout)),
    FuzzTarget("delimited-text", texts: barFiles + ["\"a\nb\",c\r\n\"d\"\"e\",f\n\"g,h"]) { bytes in
      [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].lazy.compactMap { fields(bytes, $0) }.first
    },
    FuzzTarget("amount-text", texts: ["1,045.30", "(95.1)", "-1.5e-7", "$1.2B", "1.045,30", "n/a", "12%"]) { bytes in
      amounts(bytes)
    },
    FuzzTarget("unpacked-file", seeds: [LoopbackServer.gzip(Array(barFiles[0].utf8))] + packed + [zip]) { bytes in
      unpacked(bytes)
    },
  ]

  private static let barFiles = [
    """
    https://www.cryptodatadownload.com
    unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT
    1730419200000,2024-11-01 00:00:00,BTC/USDT,70000.5,70100,69900,70050,12.5,875000
    1730422800000,2024-11-01 01:00:00,BTC/USDT,70050,70200,70000,70150,8,561200

    """,
    """
    1730419200;70000.5;70100;69900;70050;12.5
    1730422800;70050;70200;70000;70150;8
    1730426400;70150;70160;70100;70120;3
    """,
    "\u{FEFF}Date\tOpen\tHigh\tLow\tClose\tVolume\n2024-11-01T00:00:00Z\t1\t2\t0.5\t1.5\t\"1,000\"\n"
      + "2024-11-01T01:00:00+00:00\t1.5\t2\t1\t1\t5\n",
  ]

  private static let sessionFiles = [
    """
    Datetime,Open,High,Low,Close,Volume
    11/01/2024 09:30,570.1,571,569.5,570.5,1000
    11/01/2024 09:35 AM,570.5,570.9,570,570.2,800
    11/03/2024 01:30,570.2,570.3,570,570.1,
    """,
    "time,open,high,low,close\n2024-03-10 02:30:00-05:00,1,2,1,2\n2024-03-11 09:30:00-04:00,2,3,2,2\n",
  ]

  private static let commaFiles = [
    "Datum;Eröffnung;Hoch;Tief;Schluss;Volumen\n20.04.2020;17,73;17,85;-40,32;-37,63;247.947\n"
      + "21.04.2020;-14,00;13,86;-16,74;10,01;288.000\n",
    "Date;Open;High;Low;Close;Volume\n1 Nov 2024;70,1;71;69;70,5;1\n4 Nov 2024;70,5;71;69;70,5;1\n",
  ]

  private static let moodFiles = [
    "date,value,classification\n2024-11-01,20,Extreme Fear\n2024-11-02,75,Greed\n",
    "fng_value,fng_classification,date\n45,Fear,01-11-2024\n50,Neutral,02-11-2024\n",
  ]

  private static let recordFiles = [
    FactText.header(of: .bar)
      + "1730419200,70000.5,70100.0,69900.0,70050.0,12.5\n1730422800,7e-05,1.0,1e-320,1.0,0.0\n",
    FactText.header(of: .etfFlow) + "2024-11-01,\"FBTC\",-3000000,\n2024-11-01,\"IBIT\",,1\n",
  ]

  private static let flowFiles = [
    "Date,IBIT,FBTC,Total\n01 Nov 2024,10.5,(3.0),7.5\n04 Nov 2024,1,-,1\nTotal,11.5,(3.0),8.5\n",
    "date,ticker,flow_usd\n2024-11-01,IBIT,10500000\n2024-11-01,FBTC,-3000000\n",
  ]

  /// Where zstd is not to be had, its seed is left out.
  private static let packed = (try? Zstd.compress(Array(barFiles[1].utf8))).map { [$0] } ?? []

  /// One stored member, `a.csv`.
  private static let zip: [UInt8] = {
    let text = Array("date,value\n2024-11-01,20\n".utf8), name = Array("a.csv".utf8)
    let size = [UInt8(text.count), 0, 0, 0]
    let sum: [UInt8] = [0, 0, 0, 0]
    let shared = [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] as [UInt8] + sum + size + size + [UInt8(name.count), 0, 0, 0]
    let local = [0x50, 0x4B, 3, 4] as [UInt8] + shared + name + text
    let central =
      [0x50, 0x4B, 1, 2, 20, 0] as [UInt8] + shared + [UInt8](repeating: 0, count: 14) + name
    let end =
      [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0] as [UInt8] + [UInt8(central.count), 0, 0, 0]
      + [UInt8(local.count), 0, 0, 0, 0, 0]
    return local + central + end
  }()

  private static func importedFile(_ name: String, _ texts: [String], _ order: ImportOrder) -> FuzzTarget {
    FuzzTarget(name, texts: texts) { bytes in
      let whole = readings(bytes, order, pieces: max(bytes.count, 1))
      _ = readings(bytes, order, pieces: 97)
      return whole.lazy.compactMap(fault).first
    }
  }

  /// What a file holds when it comes in pieces of so many bytes; empty where it is refused.
  private static func readings(_ bytes: [UInt8], _ order: ImportOrder, pieces size: Int) -> [FilePart] {
    let series = SeriesKey(
      dataset: order.dataset, provider: "import", providerSymbol: order.asset ?? "fng", interval: order.interval)
    let now = Instant(epochSeconds: 1_793_491_200)
    return bytes.withUnsafeBytes { all in
      guard
        let file = try? MarketFiles(shapes: [.bar, .pricePoint, .sentiment, .etfFlow]).open(
          order, series: series, sample: all, isWhole: true, at: now)
      else { return [] }
      var parts: [FilePart] = []
      var start = 0
      while start < all.count {
        let end = min(start + size, all.count)
        guard
          let part = try? file.read(UnsafeRawBufferPointer(rebasing: all[start..<end]), isLast: end == all.count)
        else { return parts }
        parts.append(part)
        start = end
      }
      return parts
    }
  }

  private static func fault(_ part: FilePart) -> String? {
    switch part.reading.facts.typed {
    case .bars(let bars):
      if !Swift.zip(bars, bars.dropFirst()).allSatisfy({ $0.openTime < $1.openTime }) { return "bars are out of order" }
      return bars.allSatisfy { $0.high >= max($0.open, $0.close) && $0.low <= min($0.open, $0.close) && $0.volume >= 0 }
        ? nil : "a bar that cannot be is believed"
    case .sentiment(let values):
      return values.allSatisfy { (0...100).contains($0.value) } ? nil : "a value outside 0 to 100 is believed"
    case .flows, .pricePoints, .rows: return nil
    }
  }

  private static func fields(_ bytes: [UInt8], _ delimiter: UInt8) -> String? {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let text = DelimitedText(delimiter: delimiter)
      var row = DelimitedRow()
      var position = 0
      while text.next(base, from: &position, to: buffer.count, isLast: true, into: &row) {
        for index in 0..<min(row.count, DelimitedRow.maximumFields) {
          let field = row[index]
          guard row.start <= field.start, field.start <= field.end, field.end <= buffer.count else {
            return "field \(index) lies outside of its line"
          }
          _ = DelimitedText.text(field, in: base)
        }
      }
      return position == buffer.count ? nil : "the last line is left over"
    }
  }

  private static func amounts(_ bytes: [UInt8]) -> String? {
    let readers = NumberForm.Mark.allCases.flatMap { mark in
      NumberForm.Grouping.allCases.map { AmountText(NumberForm(mark, grouping: $0, currency: "$")) }
    }
    return bytes.withUnsafeBufferPointer { buffer -> String? in
      guard let base = buffer.baseAddress else { return nil }
      var row = DelimitedRow()
      var position = 0
      while DelimitedText(delimiter: UInt8(ascii: "|")).next(
        base, from: &position, to: buffer.count, isLast: true, into: &row)
      {
        for index in 0..<min(row.count, DelimitedRow.maximumFields) {
          for amounts in readers {
            if case .number = amounts.value(base, row[index]), amounts.isOtherForm(base, row[index]) {
              return "a number is of its form and of another"
            }
          }
        }
      }
      return nil
    }
  }

  /// Reads at most a few megabytes: what a bomb holds is nobody's business here.
  private static func unpacked(_ bytes: [UInt8]) -> String? {
    guard let file = try? UnpackedFile(bytes: bytes, name: "fuzz") else { return nil }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    for _ in 0..<64 {
      guard let count = try? piece.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 else { return nil }
      if count > piece.count { return "more was read than there is room for" }
    }
    return nil
  }
}
