// The script that unlocks encrypted notes, loaded when a reader asks for that, or has done so on another page.
//
// A page of the site as a whole is written in place of the one that a host gives to everybody: same address, same scripts,
// other content. What these scripts then load they take from the encrypted part, where that has it.

import { keepKey, keptKey } from "./lib/kept-key.ts";
import { loadPlain } from "./lib/load-script.ts";
import type { MakeUnlocker } from "./lib/namespace.ts";
import { partsOf, urlHere } from "./lib/site-urls.ts";
import { translate } from "./messages/unlock.ts";
import { showLockedFiles } from "./unlock/locked-files.ts";
import { askPassword } from "./unlock/password-dialog.ts";
import { mainKeyOf, Vault } from "./unlock/vault.ts";

const DATA = /^notegen\.add\(("(?:[^"\\]|\\.)*"),([\s\S]*)\)$/;
const SCRIPT = /<script defer src="([^"]+)"><\/script>/g;

const makeUnlocker: MakeUnlocker = (home, locked) => {
  const [salt = "", rounds = ""] = locked.split(" ");
  return {
    async resume() {
      const key = globalThis.crypto?.subtle && keptKey(salt);
      if (!key) return false;
      const vault = await Vault.open(home, key);
      if (vault) return enter(vault, home);
      // The password has changed since then: the reader is asked for the new one.
      keepKey(salt, undefined);
      return false;
    },
    ask() {
      askPassword(async (password) => {
        const key = await mainKeyOf(password, salt, Number(rounds));
        const vault = await Vault.open(home, key);
        if (!vault) return false;
        // Begins anew with the key; where a browser keeps none, the page is written here and now, and the next one asks.
        if (keepKey(salt, key)) location.reload();
        else await enter(vault, home);
        return true;
      });
    },
    lock() {
      keepKey(salt, undefined);
      location.reload();
    },
  };
};

window.notegen.add("unlock", makeUnlocker);

/** Makes the scripts of the page take what is encrypted; gives whether the page itself is being written anew. */
async function enter(vault: Vault, home: string): Promise<boolean> {
  const brought: [string, unknown][] = [];
  const bring = async (address: string, name: string): Promise<unknown> => {
    const [url] = partsOf(address, home);
    // Stemmers are code, which no page may make from text: they lie in the open, all of them.
    const stemmer = /\/(stem-\w+\.js)$/.exec(url)?.[1];
    if (stemmer) return loadPlain(`${home}notegen/locked/${stemmer}`, name);
    const script = await vault.text(url, new URL(address).search);
    return script && dataIn(script)[1];
  };
  const showFiles = () => showLockedFiles((url) => vault.bytes(url));
  window.notegen.unlocked = { data: vault.data, brought, bring, showFiles };
  const here = urlHere(home) ?? "";
  const page = await vault.text(here);
  if (page) write(await withoutData(page, here, vault, brought));
  else if (here.startsWith("notegen/locked/")) sayMissing();
  return page !== undefined;
}

/** The page without the scripts of data that only the encrypted part has; what they would add is brought already. */
async function withoutData(
  page: string,
  here: string,
  vault: Vault,
  brought: [string, unknown][],
): Promise<string> {
  const gone = new Set<string>();
  for (const [, address = ""] of page.matchAll(SCRIPT)) {
    const url = new URL(address, `https://x/${here}`).pathname.slice(1);
    const script = await vault.text(decodeURIComponent(url));
    if (!script) continue;
    brought.push(dataIn(script));
    gone.add(address);
  }
  return page.replace(SCRIPT, (tag, address) => (gone.has(address) ? "" : tag));
}

/** The name and the content of a script of data. */
function dataIn(script: string): [name: string, content: unknown] {
  const [, name = '""', content = "null"] = DATA.exec(script) ?? [];
  return [JSON.parse(name), JSON.parse(content)];
}

function write(page: string): void {
  document.open();
  document.write(page);
  document.close();
}

/** The address of an encrypted page that the site no longer has: the password was changed, or the note is gone. */
function sayMissing(): void {
  const lead = document.querySelector(".page-head p");
  if (lead) lead.textContent = translate("missing");
}
