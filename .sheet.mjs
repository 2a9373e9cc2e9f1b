// contact sheet: node sheet.mjs out.png h files...
import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
const [out,h,...files]=process.argv.slice(2);
const b=await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox","--disable-gpu"]});
const p=await b.newPage({viewport:{width:1900,height:600}});
await p.setContent(`<body style="margin:8px;display:flex;flex-wrap:wrap;gap:8px;background:#888">${files.map(f=>`<img style="height:${h}px" src="data:image/png;base64,${readFileSync(f).toString("base64")}">`).join("")}</body>`);
await p.screenshot({path:out,fullPage:true}); await b.close();
