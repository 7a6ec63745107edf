/** The look of every HTML report. Contrast of all pairs is at least 4.5 : 1 in both schemes. */
export const styleSheet = `
:root{color-scheme:light dark;--text:#1c2128;--soft:#57606a;--back:#fff;--line:#d0d7de;--head:#f3f5f7;--good:#116329;--bad:#a40e26}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9ea7b3;--back:#0d1117;--line:#3d444d;--head:#161b22;--good:#56d364;--bad:#ff8f87}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:80rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
a{color:inherit}.about,.empty{color:var(--soft);margin:0}.summary{font-weight:600}.good{color:var(--good)}.bad{color:var(--bad)}
dl{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:1rem 0}dt{color:var(--soft);font-size:.85rem}dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{border:1px solid var(--line);padding:.35rem .6rem;text-align:start;vertical-align:top;overflow-wrap:anywhere;white-space:pre-wrap;max-width:40rem}
thead th{background:var(--head);position:sticky;top:0;overflow-wrap:normal}tbody th{font-weight:500}.number{text-align:end;font-variant-numeric:tabular-nums;white-space:nowrap}
.closing{break-inside:avoid;margin-top:3rem}.sign{border-bottom:1px solid var(--text);min-height:2.2rem;margin:1rem 0;display:flex;align-items:end;max-width:32rem;color:var(--soft)}
@media print{section{break-inside:auto}h2{break-after:avoid}body{max-width:none;padding:0;font-size:11px}.scroll{overflow:visible}thead{display:table-header-group}thead th{position:static}tr{break-inside:avoid}}
`;
