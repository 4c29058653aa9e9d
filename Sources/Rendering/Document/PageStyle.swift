/// How pages look: one column of text, drawings side by side where there is room, figures of equal width.
///
/// A table that is wider than the screen scrolls, and casts a shadow on its right edge for as long as there is more behind it:
/// a strip of the page's own colour lies over it that moves with the table, and away from the edge until its end is there.
///
/// Colours of data are those of M. Okabe and K. Ito, "Color Universal Design" (2008), which people tell apart whatever
/// their sight; what they say is said by a sign, a shape or a pattern too. They are lightened for the dark, and their
/// contrast to the page is at least 3 to 1, that of text 4.5 to 1 (WCAG 2.2).
enum PageStyle {
  static let text = colours + "\n" + words + "\n" + tables + "\n" + drawings + "\n" + paper

  private static let colours = """
    :root{--page:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d8dee4;--band:#f3f5f7;--rise:#0072b2;\
    --fall:#b34700;--down:#d55e00;--third:#00795a;--fourth:#a34e85;--hole:#e6e9ed;--with:#56b4e9;--against:#e69f00;\
    --veil:linear-gradient(to left,#fff 1.5rem,transparent);--shade:linear-gradient(to left,#1b1f2466,transparent)}
    @media (prefers-color-scheme:dark){:root{--page:#14171b;--ink:#e4e8ec;--soft:#a2abb5;--line:#343b43;--band:#1d2228;\
    --rise:#56b4e9;--fall:#f0a04b;--down:#e69f00;--third:#2fc296;--fourth:#d993be;--hole:#2a3037;--with:#0072b2;--against:#a05a00;\
    --veil:linear-gradient(to left,#14171b 1.5rem,transparent);--shade:linear-gradient(to left,#e4e8ec66,transparent)}}
    """

  private static let words = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Noto Sans","Liberation Sans",sans-serif;-webkit-text-size-adjust:100%}
    main{max-width:72rem;margin:0 auto;padding:1rem 1rem 3rem}
    h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem}
    h2{font-size:1.25rem;line-height:1.3;margin:2.25rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--line)}
    h3{font-size:1.05rem;margin:1.5rem 0 .4rem}
    p,ul{margin:.6rem 0;max-width:44rem;overflow-wrap:anywhere}
    ul{padding-left:1.2rem}
    a{color:var(--rise)}
    code{font:.875em/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;background:var(--band);\
    padding:.1em .3em;border-radius:3px}
    .note{border-left:4px solid var(--down);background:var(--band);padding:.5rem .8rem}
    """

  private static let tables = """
    .table{overflow-x:auto;margin:.8rem 0;max-width:100%;background:var(--veil) 100% 0/3rem 100% no-repeat local,\
    var(--shade) 100% 0/1.1rem 100% no-repeat}
    table{border-collapse:collapse;font-size:.875rem;line-height:1.35;font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--soft);font-size:.8125rem;padding-bottom:.25rem}
    th,td{text-align:left;padding:.28rem .7rem .28rem 0;border-bottom:1px solid var(--line);vertical-align:baseline;\
    white-space:nowrap}
    thead th{color:var(--soft);font-weight:600;vertical-align:bottom}
    th[scope=row]{font-weight:600;position:sticky;left:0;background:var(--page)}
    td:last-child{white-space:normal;min-width:9rem}td.m:last-child{font-size:.75rem;min-width:10rem}
    td.n:last-child{white-space:nowrap;min-width:0}
    .n{text-align:right}
    tfoot th,tfoot td{font-weight:600;border-top:2px solid var(--line)}
    .rise{color:var(--rise)}.fall{color:var(--fall)}
    """

  private static let drawings = """
    .drawings{display:flex;flex-wrap:wrap;gap:1rem 2rem;margin:.8rem 0}
    .drawings>div{flex:1 1 18rem;max-width:28rem;min-width:0}figure{margin:0}
    figcaption{font-size:.8125rem;color:var(--soft);line-height:1.4;margin-top:.2rem}
    details{font-size:.8125rem;margin-top:.3rem}summary{cursor:pointer;color:var(--soft)}
    .drawings details .table{max-height:20rem;overflow:auto}
    svg{display:block;width:100%;height:auto;overflow:visible}
    svg.curve{display:inline-block;width:84px;height:18px;vertical-align:-4px}
    svg text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;fill:var(--soft);\
    font-variant-numeric:tabular-nums}
    svg text.figure{fill:var(--ink)}
    svg path{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
    .grid,.zero,.mark{stroke:var(--line);stroke-width:1!important}.zero{stroke:var(--soft)}
    .mark{stroke:var(--soft);stroke-dasharray:2 3}
    .hole{fill:var(--hole)}
    .l{stroke:var(--rise)}.l2{stroke:var(--down);stroke-dasharray:5 3}.l3{stroke:var(--third);stroke-dasharray:1 3}
    .l4{stroke:var(--fourth);stroke-dasharray:8 3 1 3}
    .dot{stroke:var(--rise);stroke-width:4!important}
    svg .up{stroke:var(--rise);fill:var(--page);stroke-width:1}svg .down{stroke:var(--down);fill:var(--down);stroke-width:1}
    svg .volume{fill:var(--soft);opacity:.45;stroke:none}svg path.fall{fill:var(--down);opacity:.55;stroke:none}
    svg .whole,svg .part{fill:var(--rise);stroke:none}svg .part{fill:var(--down)}
    .absent{stroke:var(--down)}.closed{stroke:var(--soft)}
    .heat{fill:var(--band)}.with1,.with2,.with3{fill:var(--with)}.against1,.against2,.against3{fill:var(--against)}
    .with1,.against1{fill-opacity:.33}.with2,.against2{fill-opacity:.6}.with3,.against3{fill-opacity:.87}
    """

  private static let paper = """
    @media (max-width:52rem){td.m:last-child{white-space:nowrap}}
    @media (max-width:30rem){.m{display:none}main{padding:.5rem 1rem 2rem}.drawings>div{flex-basis:100%}}
    @page{margin:14mm}
    @media print{:root{--page:#fff;--ink:#000;--soft:#444;--line:#bbb;--band:#f3f3f3;--rise:#0072b2;--fall:#b34700;\
    --down:#d55e00;--third:#00795a;--fourth:#a34e85;--hole:#e2e2e2;--with:#56b4e9;--against:#e69f00}body{font-size:10pt}main{padding:0;max-width:none}\
    table{font-size:8pt}th,td{padding-right:.5rem}.table{overflow:visible;background:none}h2,h3{break-after:avoid}\
    figure,tr{break-inside:avoid}.drawings>div{max-width:46%;flex-basis:44%}details:not([open]){display:none}a{color:inherit}}
    """
}
