extension KnownNames {
  /// Symbol, names, and `free` where they count in small letters too. Without a symbol: what only begins like a name.
  static let table = """
    BTC|Bitcoin;Bitcoins|free
    ETH|Ethereum;Ether|free
    SOL|Solana|free
    XRP|XRP
    ADA|Cardano|free
    BNB|BNB;Binance Coin
    DOGE|Dogecoin|free
    TRX|TRON
    USDT|*Tether
    USDC|USD Coin
    AAPL|*Apple;Apple Inc
    MSFT|Microsoft
    NVDA|NVIDIA
    AMZN|Amazon
    GOOGL|Alphabet Inc;*Alphabet;Google
    META|Meta Platforms;*Meta
    AVGO|Broadcom
    TSLA|Tesla
    BRK-B|Berkshire Hathaway;Berkshire
    LLY|Eli Lilly
    JPM|JPMorgan Chase;JPMorgan;JP Morgan;J P Morgan
    V|*Visa;Visa Inc
    UNH|UnitedHealth;UnitedHealth Group
    XOM|Exxon Mobil;ExxonMobil;Exxon
    MA|Mastercard
    COST|Costco
    WMT|Walmart
    PG|Procter & Gamble;P&G
    JNJ|Johnson & Johnson;J&J
    HD|Home Depot
    ABBV|AbbVie
    NFLX|Netflix
    BAC|Bank of America;BofA
    ORCL|*Oracle;Oracle Corp
    CRM|Salesforce
    KO|Coca-Cola;Coca Cola
    CVX|Chevron
    MRK|*Merck
    AMD|Advanced Micro Devices
    PEP|PepsiCo
    TMO|Thermo Fisher Scientific;Thermo Fisher
    CSCO|Cisco
    ACN|Accenture
    LIN|Linde
    MCD|McDonald's;McDonalds
    ADBE|Adobe
    ABT|Abbott Laboratories
    WFC|Wells Fargo
    IBM|IBM
    GE|GE Aerospace;General Electric
    PM|Philip Morris International;Philip Morris
    CAT|*Caterpillar;Caterpillar Inc
    QCOM|Qualcomm
    DIS|Walt Disney;Disney
    TXN|Texas Instruments
    INTU|Intuit
    VZ|Verizon
    GS|Goldman Sachs;Goldman
    PLTR|Palantir
    IONQ|IonQ
    RGTI|Rigetti Computing;Rigetti
    QBTS|D-Wave Quantum;D-Wave
    QUBT|Quantum Computing Inc
    EQIX|Equinix
    DLR|Digital Realty
    PLD|Prologis
    REXR|Rexford Industrial Realty;Rexford Industrial
    STAG|STAG Industrial
    CEG|Constellation Energy
    SMR|NuScale Power;NuScale
    OKLO|Oklo
    CCJ|Cameco
    BWXT|BWX Technologies
    VST|Vistra
    LMT|Lockheed Martin
    RTX|RTX
    NOC|Northrop Grumman
    GD|General Dynamics
    LHX|L3Harris
    KTOS|Kratos Defense & Security;Kratos Defense
    AVAV|AeroVironment
    NKE|Nike
    SBUX|Starbucks
    LULU|Lululemon
    CMG|Chipotle
    TGT|*Target;Target Corp
    LOW|Lowe's
    BKNG|Booking Holdings
    MELI|MercadoLibre
    SMCI|Super Micro Computer;Supermicro;Super Micro
    VRT|Vertiv
    ANET|Arista Networks
    MU|Micron;Micron Technology
    MRVL|Marvell Technology;*Marvell
    DELL|Dell Technologies;Dell
    TSM|TSMC;Taiwan Semiconductor
    ASML|ASML
    ARM|Arm Holdings
    CRWV|CoreWeave
    INTC|Intel
    AMAT|Applied Materials
    SHOP|Shopify
    SNOW|*Snowflake;Snowflake Inc
    CRWD|CrowdStrike
    DDOG|Datadog
    NET|Cloudflare
    UBER|Uber
    COIN|Coinbase Global;Coinbase
    GC=F|*Gold|free
    SI=F|*Silver|free
    CL=F|Crude oil;WTI;*Crude|free
    BZ=F|Brent crude;Brent
    NG=F|Natural gas|free
    HG=F|*Copper|free
    DX-Y.NYB|US Dollar Index;Dollar Index|free
    SPY
    IVV
    VOO
    VTI
    QQQ
    VEA
    VUG
    VTV
    IEFA
    BND
    AGG
    IWF
    VGT
    IJH
    IJR
    VIG
    VWO
    IEMG
    VXUS
    GLD
    XLK
    RSP
    SCHD
    BNDX
    IWM
    ITOT
    EFA
    TLT
    XLF
    QTUM
    SRVR
    INDS
    VNQ
    XLE
    ICLN
    NLR
    URA
    ITA
    AIQ
    |Bitcoin Cash;Bitcoin SV;Bitcoin Gold;Bitcoin Magazine|free
    |Ethereum Classic;Ethereum Name Service;EthereumPoW|free
    |Apple Hospitality;Apple Valley;Apple Pie
    |Gold Coast;Gold Medal;Gold Standard;Gold Rush;Gold Card;Gold Cup;Silver Lining;Silver Spring;Silver Lake;Silver Medal|free
    |Gold Fields;Gold Royalty;Barrick Gold;Kinross Gold;Royal Gold;Harmony Gold;Alamos Gold;Pan American Silver
    |Coca-Cola HBC;Coca-Cola Europacific;Coca-Cola Consolidated;Oracle of Omaha;Oracle Park
    |Amazon Rainforest;Amazon River;Amazon Basin
    |Meta Analysis;Visa Waiver;Visa Applications;Caterpillar Club
    |Goldman Environmental;Intel Committee;Brent Council;Brent Spence;Micron Waves
    |Johnson Johnson Baby
    |Disney Channel Star
    """
}
