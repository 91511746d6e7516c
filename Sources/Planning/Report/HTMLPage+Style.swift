extension HTMLPage {
  /// The style sheet: dark or light as the reader prefers, tables as stacked cards on a narrow
  /// screen, black on white on paper.
  static let style = """
    :root{color-scheme:light dark;--ink:#1b1b1b;--dim:#505050;--page:#fff;--line:#b5b5b5;--band:#f3f3f3}
    @media (prefers-color-scheme:dark){:root{--ink:#ececec;--dim:#bdbdbd;--page:#161616;--line:#5c5c5c;--band:#242424}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.45 system-ui,sans-serif}
    main{max-width:70rem;margin:0 auto;padding:1rem}
    h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem}
    h1,h2,h3,p,li,dd,dt,th,td,caption{overflow-wrap:anywhere}
    dl{display:grid;grid-template-columns:minmax(5rem,max-content) 1fr;gap:.2rem 1rem}
    dt{color:var(--dim)}dd{margin:0}
    table{width:100%;border-collapse:collapse;margin:1rem 0}
    caption{text-align:left;color:var(--dim);padding:.3rem 0}
    th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;border:1px solid var(--line);min-width:7rem}
    thead th{background:var(--band);overflow-wrap:normal}th p,td p{margin:0}tbody th{font-weight:600}
    @media screen and (max-width:48rem){
    dl{display:block}dd{margin:0 0 .5rem}
    table,tbody,tr,th,td,caption{display:block}
    thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    tr{border:1px solid var(--line);margin:0 0 .8rem}th,td{border:0}
    tbody th{background:var(--band)}td:empty{display:none}
    td::before{content:attr(data-label);display:block;color:var(--dim);font-size:.85rem}}
    @media print{:root{color-scheme:light;--ink:#000;--dim:#333;--page:#fff;--line:#777;--band:#fff}
    main{max-width:none;padding:0}tr{break-inside:avoid}h2,caption{break-after:avoid}
    thead{display:table-header-group}}
    """
}
