/* pages_style - the one style sheet, a rule to a line */
#include "site/pages.h"

static const char *const rules[] = {
    "/* Fonts are the reader's own; nothing is fetched from elsewhere. */",
    ":root{color-scheme:light "
    "dark;--ink:#1b2733;--soft:#4c5b6b;--page:#fff;--panel:#f3f6f9;"
    "--line:#cfd8e1;--link:#0b4f8a;--band:#0b3d6b;--on-band:#fff;--good:#17693a;"
    "--fair:#7a5200;--bad:#a31621;--accent:#c8102e;--button:#0b3d6b;--bar:#2a6fb0}",
    "@media "
    "(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#a9b6c3;--page:#12181f;"
    "--panel:#1b242e;--line:#36434f;--link:#8cc2f5;--band:#0a2a49;--good:#7fd6a0;"
    "--fair:#efc46a;--bad:#ff9a9a;--accent:#e8455d;--button:#1d5d9b;--bar:#4f97d6}}",
    "*{box-sizing:border-box}",
    "html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}",
    "body{margin:0;background:var(--page);color:var(--ink);"
    "font:1rem/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation "
    "Sans',"
    "sans-serif;overflow-wrap:break-word}",
    ".wide,main{max-width:64rem;margin:0 auto;padding:0 1rem}",
    "main{padding-bottom:3rem}",
    "main:focus{outline:none}",
    "a{color:var(--link);text-underline-offset:.15em}",
    "a:hover{text-decoration-thickness:2px}",
    ":focus-visible{outline:3px solid var(--accent);outline-offset:2px}",
    ".skip{position:absolute;left:-100rem;top:0;background:var(--page);padding:.75rem "
    "1rem}",
    ".skip:focus{left:0;z-index:1}",
    "header.site{background:var(--band);border-bottom:4px solid var(--accent)}",
    "header.site .wide{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:center;"
    "justify-content:space-between;padding-top:.8rem;padding-bottom:.8rem}",
    "header.site a{color:var(--on-band);text-decoration:none}",
    "header.site a:hover{text-decoration:underline}",
    "header.site :focus-visible{outline-color:var(--on-band)}",
    ".brand{margin:0}",
    ".brand strong,.brand span{display:block;line-height:1.35}",
    ".brand strong{font-size:1.15rem}",
    ".brand span{font-size:.9rem;opacity:.9}",
    ".twin{display:inline-block;padding:.25rem .75rem;border:1px "
    "solid;border-radius:.25rem}",
    ".trail{margin:1.25rem 0 0;font-size:.95rem}",
    ".trail a::before{content:'\\2190\\00a0'}",
    "h1,h2,h3{line-height:1.25;text-wrap:balance}",
    "h1{font-size:clamp(1.6rem,1.2rem + 1.8vw,2.3rem);margin:1.25rem 0 .25rem}",
    "h2{font-size:1.35rem;margin:2.5rem 0 1rem;padding-bottom:.3rem;"
    "border-bottom:2px solid var(--line)}",
    "h3{font-size:1.1rem;margin:0 0 .5rem}",
    ".second{margin:0;color:var(--soft);font-size:1.1rem}",
    ".summary{max-width:46rem;font-size:1.08rem}",
    ".summary p{margin:.8rem 0}",
    "dl{margin:0}",
    "dt{color:var(--soft);font-size:.9rem}",
    "dd{margin:0}",
    ".facts{display:flex;flex-wrap:wrap;gap:.6rem 2rem;margin:1.25rem 0 0}",
    ".items>div{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:0 1.5rem;"
    "padding:.5rem 0;border-bottom:1px solid var(--line)}",
    ".items p{margin:.3rem 0 0}",
    ".files,.entries{list-style:none;margin:0;padding:0}",
    ".files{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),"
    "1fr));"
    "gap:1rem}",
    ".files li{background:var(--panel);border:1px solid var(--line);border-radius:.4rem;"
    "padding:1rem}",
    ".files p{margin:.6rem 0 0;color:var(--soft);font-size:.95rem}",
    ".button{display:inline-block;padding:.55rem "
    "1rem;border-radius:.3rem;font-weight:600;"
    "background:var(--button);color:var(--on-band);border:1px solid var(--button);"
    "text-decoration:none}",
    ".button:hover{text-decoration:underline}",
    ".plain{background:none;color:var(--link);border-color:var(--link)}",
    ".digest code{overflow-wrap:anywhere;font-size:.85em}",
    "code{font-family:ui-monospace,'Cascadia Mono','Noto Sans Mono','Liberation Mono',"
    "monospace;font-size:.9em}",
    ".metadata{font-size:.95rem}",
    ".metadata a,.facts dd a,.items dd a,footer "
    "a{display:inline-block;min-height:1.5rem}",
    "figure{margin:0}",
    "figcaption strong,figcaption span{display:block}",
    "figcaption span{color:var(--soft);font-size:.95rem;margin-bottom:.5rem}",
    "svg{display:block;overflow:visible;max-width:52rem;padding-left:6rem}",
    "svg text{fill:var(--ink);font-size:.9rem;font-variant-numeric:tabular-nums}",
    "svg rect{fill:var(--bar)}",
    ".scroll{overflow-x:auto;margin:0 0 1.5rem;border:1px solid var(--line);"
    "border-radius:.4rem}",
    "table{border-collapse:collapse;width:100%;font-size:.95rem;"
    "font-variant-numeric:tabular-nums}",
    "caption{text-align:left;padding:.75rem;color:var(--soft)}",
    "caption strong{display:block;color:var(--ink)}",
    "th,td{padding:.45rem .75rem;text-align:left;vertical-align:top;"
    "border-top:1px solid var(--line)}",
    ".scroll th,.scroll td{min-width:6.5rem}",
    "thead th{background:var(--panel);vertical-align:bottom}",
    "thead th span,thead th code{display:block}",
    "thead th code{font-weight:400;color:var(--soft)}",
    "tbody th{font-weight:400}",
    "tbody tr:nth-child(even){background:color-mix(in srgb,var(--panel) "
    "55%,transparent)}",
    ".number{text-align:right;white-space:nowrap}",
    ".dictionary p{margin:.2rem 0}",
    ".dictionary thead th,.dictionary td:nth-child(3){white-space:nowrap}",
    "small{color:var(--soft);font-size:.9em}",
    ".codes{list-style:none;margin:0;padding:0}",
    ".codes li{padding-left:3rem;text-indent:-3rem}",
    ".codes code{display:inline-block;min-width:3rem;padding-right:.5rem;text-indent:0;"
    "color:var(--soft)}",
    "summary{color:var(--link);cursor:pointer;min-height:1.5rem}",
    "details ul{margin-top:.5rem}",
    ".verdict{border-left:.35rem solid;padding:.6rem 1rem;background:var(--panel);"
    "font-weight:600}",
    ".good{border-color:var(--good);color:var(--good)}",
    ".good::before{content:'\\2713\\00a0'}",
    ".fair{border-color:var(--fair);color:var(--fair)}",
    ".fair::before,.bad::before{content:'!\\00a0'}",
    ".bad{border-color:var(--bad);color:var(--bad)}",
    ".entries li{padding:1.25rem 0;border-bottom:1px solid var(--line)}",
    ".entries h3{font-size:1.2rem}",
    ".entries p{margin:.4rem 0;max-width:46rem}",
    "footer.site{border-top:1px solid "
    "var(--line);background:var(--panel);font-size:.95rem}",
    "footer.site .wide{padding-top:1.25rem;padding-bottom:1.5rem}",
    "footer p{margin:0 0 .5rem}",
    "footer ul{display:flex;flex-wrap:wrap;gap:.25rem "
    "1.5rem;list-style:none;margin:0;padding:0}",
    "@media (max-width:44rem){.items>div{grid-template-columns:1fr}"
    ".dictionary thead{display:none}"
    ".dictionary,.dictionary caption,.dictionary tbody,.dictionary tr,.dictionary th,"
    ".dictionary td{display:block}"
    ".dictionary tr{padding:.6rem 0;border-top:1px solid var(--line)}"
    ".dictionary th,.dictionary td{border:0;padding:.15rem .75rem}"
    ".dictionary th code{font-weight:700;font-size:1rem}"
    ".dictionary td:empty{display:none}"
    ".dictionary td::before{content:attr(data-label) ': "
    "';color:var(--soft);font-size:.9rem}}",
    "@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}",
    "@media "
    "print{:root{color-scheme:light;--ink:#000;--soft:#333;--page:#fff;--panel:#fff;"
    "--line:#999;--link:#000;--bar:#555;--good:#000;--fair:#000;--bad:#000}"
    ".skip,.twin,.trail{display:none}header.site{background:none;border-color:#000}"
    "header.site a{color:#000}.button{background:none;color:#000;border-color:#000}"
    ".scroll{overflow:visible;border:0}section{break-inside:auto}tr,.files "
    "li{break-inside:avoid}"
    "thead{display:table-header-group}}",
};

void hg_pages_style(hg_buf *buf)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        hg_buf_puts(buf, rules[i]);
        hg_buf_putc(buf, '\n');
    }
}
