"""Holds the style sheet of the HTML report."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6675; --line: #dfe4ea; --paper: #ffffff; --tint: #f5f7f9;
  --pass: #1a7f4b; --violation: #c0262d; --note: #a96500; --skipped: #8a94a1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #9aa5b3; --line: #333c48; --paper: #14181e;
  --tint: #1c222a; --pass: #45c486; --violation: #ff6b70; --note: #e6a23c; --skipped: #7d8896; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, "Noto Sans KR", sans-serif; }
main { max-width: 66rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
header { border-left: .4rem solid var(--skipped); padding: .2rem 0 .2rem 1.4rem; }
header.good { border-color: var(--pass); } header.bad { border-color: var(--violation); }
header.open { border-color: var(--note); }
.kicker { margin: 0; color: var(--soft); letter-spacing: .04em; }
h1 { font-size: 2.3rem; line-height: 1.15; margin: .2rem 0 .4rem; letter-spacing: -.02em; }
header p { margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.6rem 0 .7rem; } h2 + p { margin-top: -.4rem; color: var(--soft); }
.tiles { display: flex; flex-wrap: wrap; gap: .8rem; padding: 0; margin: 1.8rem 0; list-style: none; }
.tiles li { flex: 1 1 9rem; background: var(--tint); border-radius: .5rem; padding: .9rem 1.1rem; }
.tiles b { display: block; font-size: 1.9rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
.pass b, td.pass { color: var(--pass); } .violation b, td.violation { color: var(--violation); font-weight: 600; }
.note b, td.note { color: var(--note); } .skipped b, td.skipped, .none, .none b { color: var(--skipped); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: .6rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .38rem .7rem .38rem 0; }
tr { border-bottom: 1px solid var(--line); } th { font-weight: 500; } thead th { color: var(--soft); }
.counts td, .counts thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; width: 5rem; }
.counts .bar { width: 22%; padding-left: 1.4rem; } .bar span { display: flex; gap: 2px; height: .5rem; }
.bar i { border-radius: 2px; min-width: 3px; } i.pass { background: var(--pass); }
i.violation { background: var(--violation); } i.note { background: var(--note); } i.skipped { background: var(--line); }
article { border: 1px solid var(--line); border-left: .25rem solid var(--note); border-radius: .4rem;
  padding: .9rem 1.2rem; margin: .8rem 0; }
article.violation { border-left-color: var(--violation); }
article h3 { margin: 0; font-size: 1rem; } article p { margin: .1rem 0; } .source, small { color: var(--soft); }
code, pre { font: .86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { background: var(--tint); padding: .6rem .8rem; border-radius: .35rem; margin: .5rem 0 0;
  white-space: pre-wrap; overflow-wrap: anywhere; }
details { border-bottom: 1px solid var(--line); } summary { cursor: pointer; padding: .5rem 0; font-weight: 500; }
details td { vertical-align: top; } footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
article dt { min-width: 4.4rem; } article ul, h2 + ul { padding-left: 1.2rem; }
@media (max-width: 40rem) { main { padding: 1.5rem 1rem 3rem; }
  .facts { display: block; } .facts dd { margin: 0 0 .6rem; }
  .counts .bar { display: none; } th, td { padding-right: .4rem; overflow-wrap: anywhere; }
  .counts td, .counts thead th:not(:first-child) { width: 3.4rem; } details table, details tbody { display: block; }
  details tr { display: block; padding: .4rem 0; } details td { display: inline-block; padding: 0 .6rem 0 0; } }
@media print { body { font-size: 11px; } main { max-width: none; padding: 0; } article { break-inside: avoid; } }
""".strip()
