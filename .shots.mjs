// node .shots.mjs <outdir> <widths> <schemes> <langs> states...
import { chromium } from "playwright-core";
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync } from "node:fs";
const [out,widths,schemes,langs,...states]=process.argv.slice(2);
mkdirSync(out,{recursive:true});
const child=spawn(process.execPath,["scripts/dev.ts"],{env:{...process.env,PORT:"0",JOBMON_DATA_DIR:mkdtempSync("/tmp/devs-"),NODE_ENV:"development"}});
let said="";for(const s of [child.stdout,child.stderr]) s.on("data",c=>said+=c);
process.on("uncaughtException",e=>{console.log(e);child.kill();process.exit(1)});
while(!/listening on (http:\S+)/.test(said)) await new Promise(r=>setTimeout(r,100));
const url=/listening on (http:\S+)/.exec(said)[1];
const b=await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox","--disable-gpu"]});
for (const lang of langs.split(",")) {
  const p=await b.newPage({viewport:{width:1280,height:900},locale:lang,timezoneId:"Europe/Berlin",reducedMotion:"reduce"}); p.setDefaultTimeout(60000);
  await p.clock.setFixedTime("2026-11-26T13:02:14Z");
  await p.goto(url+"/dev/gallery",{timeout:120000}); await p.waitForFunction(()=>"__reactRouterDataRouter" in window);
  for (const state of states) {
    const [name,act]=state.split("+");
    const q=new URLSearchParams({state:name,lang,now:"2026-11-26T13:02:14Z",zone:"Europe/Berlin"});
    await p.evaluate(a=>window.__reactRouterDataRouter.navigate(a),"/dev/gallery?"+q);
    await p.locator(`[data-gallery="${q}"]`).waitFor();
    await p.waitForTimeout(700);
    for (const w of widths.split(",")) for (const scheme of schemes.split(",")) {
      await p.setViewportSize({width:+w,height:760}); await p.emulateMedia({colorScheme:scheme});
      if (act==="badge") await p.locator("[data-sheet] header button").first().focus();
      await p.waitForTimeout(200);
      await p.screenshot({path:`${out}/${state}-${w}-${scheme}-${lang}.png`});
    }
  }
  await p.close();
}
await b.close(); child.kill(); process.exit();
