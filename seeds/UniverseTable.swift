extension Universe {
  /// Everything that can be followed with a word: symbol, name, class, sector, groups. Symbols as Yahoo spells them, coins
  /// by their tickers. Those of the group `core` are followed when nobody says otherwise; `wide` is all of them.
  static let table = """
    BTC|Bitcoin|crypto||core
    ETH|Ethereum|crypto||core
    SOL|Solana|crypto||core
    XRP|XRP|crypto||core
    ADA|Cardano|crypto||core
    BNB|BNB|crypto||core
    AAPL|Apple|stock|Information Technology|core
    MSFT|Microsoft|stock|Information Technology|core
    NVDA|NVIDIA|stock|Information Technology|core
    AMZN|Amazon|stock|Consumer Discretionary|core
    GOOGL|Alphabet|stock|Communication Services|core
    META|Meta Platforms|stock|Communication Services|core
    AVGO|Broadcom|stock|Information Technology|core
    TSLA|Tesla|stock|Consumer Discretionary|core
    BRK-B|Berkshire Hathaway|stock|Financials|core
    LLY|Eli Lilly|stock|Health Care|core
    JPM|JPMorgan Chase|stock|Financials|core
    V|Visa|stock|Financials|core
    UNH|UnitedHealth|stock|Health Care|core
    XOM|Exxon Mobil|stock|Energy|core
    MA|Mastercard|stock|Financials|core
    COST|Costco|stock|Consumer Staples|core
    WMT|Walmart|stock|Consumer Staples|core
    PG|Procter & Gamble|stock|Consumer Staples|core
    JNJ|Johnson & Johnson|stock|Health Care|core
    HD|Home Depot|stock|Consumer Discretionary|core
    ABBV|AbbVie|stock|Health Care|core
    NFLX|Netflix|stock|Communication Services|core
    BAC|Bank of America|stock|Financials|core
    ORCL|Oracle|stock|Information Technology|core
    CRM|Salesforce|stock|Information Technology|core
    KO|Coca-Cola|stock|Consumer Staples|core
    CVX|Chevron|stock|Energy|core
    MRK|Merck|stock|Health Care|core
    AMD|Advanced Micro Devices|stock|Information Technology|core
    PEP|PepsiCo|stock|Consumer Staples|core
    TMO|Thermo Fisher Scientific|stock|Health Care|core
    CSCO|Cisco|stock|Information Technology|core
    ACN|Accenture|stock|Information Technology|core
    LIN|Linde|stock|Materials|core
    MCD|McDonald's|stock|Consumer Discretionary|core
    ADBE|Adobe|stock|Information Technology|core
    ABT|Abbott Laboratories|stock|Health Care|core
    WFC|Wells Fargo|stock|Financials|core
    IBM|IBM|stock|Information Technology|core
    GE|GE Aerospace|stock|Industrials|core
    PM|Philip Morris International|stock|Consumer Staples|core
    CAT|Caterpillar|stock|Industrials|core
    QCOM|Qualcomm|stock|Information Technology|core
    DIS|Walt Disney|stock|Communication Services|core
    TXN|Texas Instruments|stock|Information Technology|core
    INTU|Intuit|stock|Information Technology|core
    VZ|Verizon|stock|Communication Services|core
    GS|Goldman Sachs|stock|Financials|core
    PLTR|Palantir|stock|Information Technology|core
    GC=F|Gold|commodity|Metals|core
    SI=F|Silver|commodity|Metals|core
    CL=F|Crude oil, WTI|commodity|Energy|core
    BZ=F|Crude oil, Brent|commodity|Energy|core
    NG=F|Natural gas|commodity|Energy|core
    HG=F|Copper|commodity|Metals|core
    SPY|SPDR S&P 500 ETF|fund|Equity, United States|funds
    IVV|iShares Core S&P 500 ETF|fund|Equity, United States|funds
    VOO|Vanguard S&P 500 ETF|fund|Equity, United States|funds
    VTI|Vanguard Total Stock Market ETF|fund|Equity, United States|funds
    QQQ|Invesco QQQ Trust|fund|Equity, United States|funds
    VEA|Vanguard FTSE Developed Markets ETF|fund|Equity, developed|funds
    VUG|Vanguard Growth ETF|fund|Equity, United States|funds
    VTV|Vanguard Value ETF|fund|Equity, United States|funds
    IEFA|iShares Core MSCI EAFE ETF|fund|Equity, developed|funds
    BND|Vanguard Total Bond Market ETF|fund|Bonds|funds
    AGG|iShares Core US Aggregate Bond ETF|fund|Bonds|funds
    IWF|iShares Russell 1000 Growth ETF|fund|Equity, United States|funds
    VGT|Vanguard Information Technology ETF|fund|Information Technology|funds
    IJH|iShares Core S&P Mid-Cap ETF|fund|Equity, United States|funds
    IJR|iShares Core S&P Small-Cap ETF|fund|Equity, United States|funds
    VIG|Vanguard Dividend Appreciation ETF|fund|Equity, United States|funds
    VWO|Vanguard FTSE Emerging Markets ETF|fund|Equity, emerging|funds
    IEMG|iShares Core MSCI Emerging Markets ETF|fund|Equity, emerging|funds
    VXUS|Vanguard Total International Stock ETF|fund|Equity, developed|funds
    GLD|SPDR Gold Shares|fund|Metals|funds
    XLK|Technology Select Sector SPDR Fund|fund|Information Technology|funds
    RSP|Invesco S&P 500 Equal Weight ETF|fund|Equity, United States|funds
    SCHD|Schwab US Dividend Equity ETF|fund|Equity, United States|funds
    BNDX|Vanguard Total International Bond ETF|fund|Bonds|funds
    VO|Vanguard Mid-Cap ETF|fund|Equity, United States|funds
    IWM|iShares Russell 2000 ETF|fund|Equity, United States|funds
    ITOT|iShares Core S&P Total US Stock Market ETF|fund|Equity, United States|funds
    EFA|iShares MSCI EAFE ETF|fund|Equity, developed|funds
    TLT|iShares 20+ Year Treasury Bond ETF|fund|Bonds|funds
    XLF|Financial Select Sector SPDR Fund|fund|Financials|funds
    DOGE|Dogecoin|crypto||coins
    TRX|TRON|crypto||coins
    USDT|Tether|crypto|Stable|coins
    USDC|USD Coin|crypto|Stable|coins
    IONQ|IonQ|stock|Information Technology|quantum
    RGTI|Rigetti Computing|stock|Information Technology|quantum
    QBTS|D-Wave Quantum|stock|Information Technology|quantum
    QUBT|Quantum Computing|stock|Information Technology|quantum
    QTUM|Defiance Quantum ETF|fund|Information Technology|quantum
    EQIX|Equinix|stock|Real Estate|reit-data-centre
    DLR|Digital Realty|stock|Real Estate|reit-data-centre
    SRVR|Pacer Data & Infrastructure Real Estate ETF|fund|Real Estate|reit-data-centre
    PLD|Prologis|stock|Real Estate|reit-warehouse
    REXR|Rexford Industrial Realty|stock|Real Estate|reit-warehouse
    STAG|STAG Industrial|stock|Real Estate|reit-warehouse
    INDS|Pacer Industrial Real Estate ETF|fund|Real Estate|reit-warehouse
    VNQ|Vanguard Real Estate ETF|fund|Real Estate|reit-warehouse
    XLE|Energy Select Sector SPDR Fund|fund|Energy|fusion-energy
    ICLN|iShares Global Clean Energy ETF|fund|Energy|fusion-energy
    NLR|VanEck Uranium and Nuclear ETF|fund|Energy|fusion-energy
    URA|Global X Uranium ETF|fund|Energy|fusion-energy
    CEG|Constellation Energy|stock|Utilities|fusion-energy
    SMR|NuScale Power|stock|Industrials|fusion-energy
    OKLO|Oklo|stock|Utilities|fusion-energy
    CCJ|Cameco|stock|Energy|fusion-energy
    BWXT|BWX Technologies|stock|Industrials|fusion-energy
    VST|Vistra|stock|Utilities|fusion-energy
    LMT|Lockheed Martin|stock|Industrials|defence
    RTX|RTX|stock|Industrials|defence
    NOC|Northrop Grumman|stock|Industrials|defence
    GD|General Dynamics|stock|Industrials|defence
    LHX|L3Harris|stock|Industrials|defence
    KTOS|Kratos Defense & Security|stock|Industrials|defence
    AVAV|AeroVironment|stock|Industrials|defence
    ITA|iShares US Aerospace & Defense ETF|fund|Industrials|defence
    NKE|Nike|stock|Consumer Discretionary|consumer
    SBUX|Starbucks|stock|Consumer Discretionary|consumer
    LULU|Lululemon|stock|Consumer Discretionary|consumer
    CMG|Chipotle|stock|Consumer Discretionary|consumer
    TGT|Target|stock|Consumer Staples|consumer
    LOW|Lowe's|stock|Consumer Discretionary|consumer
    BKNG|Booking Holdings|stock|Consumer Discretionary|consumer
    MELI|MercadoLibre|stock|Consumer Discretionary|consumer
    SMCI|Super Micro Computer|stock|Information Technology|ai-infra
    VRT|Vertiv|stock|Industrials|ai-infra
    ANET|Arista Networks|stock|Information Technology|ai-infra
    MU|Micron|stock|Information Technology|ai-infra
    MRVL|Marvell|stock|Information Technology|ai-infra
    DELL|Dell Technologies|stock|Information Technology|ai-infra
    TSM|TSMC|stock|Information Technology|ai-infra
    ASML|ASML|stock|Information Technology|ai-infra
    ARM|Arm Holdings|stock|Information Technology|ai-infra
    CRWV|CoreWeave|stock|Information Technology|ai-infra
    INTC|Intel|stock|Information Technology|ai-infra
    AMAT|Applied Materials|stock|Information Technology|ai-infra
    SHOP|Shopify|stock|Information Technology|growth
    SNOW|Snowflake|stock|Information Technology|growth
    CRWD|CrowdStrike|stock|Information Technology|growth
    DDOG|Datadog|stock|Information Technology|growth
    NET|Cloudflare|stock|Information Technology|growth
    UBER|Uber|stock|Industrials|growth
    COIN|Coinbase Global|stock|Financials|growth
    AIQ|Global X Artificial Intelligence & Technology ETF|fund|Information Technology|
    DX-Y.NYB|US Dollar Index|index|Currencies|macro
    """

  /// Where coins are traded, and under which name: at Binance, Coinbase and Kraken, the last one as it is asked; empty
  /// where they are not. Then CoinGecko's name.
  static let coinSymbols = """
    BTC|BTCUSDT|BTC-USD|XBTUSD|bitcoin
    ETH|ETHUSDT|ETH-USD|ETHUSD|ethereum
    SOL|SOLUSDT|SOL-USD|SOLUSD|solana
    XRP|XRPUSDT|XRP-USD|XRPUSD|ripple
    ADA|ADAUSDT|ADA-USD|ADAUSD|cardano
    BNB|BNBUSDT|BNB-USD|BNBUSD|binancecoin
    DOGE|DOGEUSDT|DOGE-USD|XDGUSD|dogecoin
    TRX|TRXUSDT||TRXUSD|tron
    USDT||USDT-USD|USDTUSD|tether
    USDC|USDCUSDT||USDCUSD|usd-coin
    """
}
