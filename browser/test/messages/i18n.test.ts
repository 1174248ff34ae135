// What scripts say: their English, another language's messages over it, and plural forms by the right rules.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { Notegen } from "../../src/lib/namespace.ts";
import { dayWords, numberWords, numeral, translator } from "../../src/messages/i18n.ts";

const translate = translator("box", {
  found: { one: "{count} note", other: "{count} notes" },
  finds: "finds “{title}”",
  leave: "Or {dates} and {tags}.",
});

/** Makes the page one of a site in this language, with these messages. */
function speak(lang: string, dir = "", messages: Notegen["messages"] = {}): void {
  Object.assign(globalThis, {
    document: { documentElement: { lang, dir } },
    window: { notegen: { messages } },
  });
}

afterEach(() => {
  for (const name of ["document", "window"]) Reflect.deleteProperty(globalThis, name);
});

test("a script has its English without any page", () => {
  assert.equal(translate("found", { count: 1 }), "1 note");
  assert.equal(translate("found", { count: 1204 }), "1,204 notes");
  assert.equal(translate("finds", { title: "{count}" }), "finds “{count}”");
});

test("messages of the site's language count by its rules", () => {
  speak("pl", "", {
    box: {
      found: {
        one: "{count} notatka",
        few: "{count} notatki",
        many: "{count} notatek",
        other: "{count} notatki",
      },
    },
  });
  assert.deepEqual(
    [1, 3, 5].map((count) => translate("found", { count })),
    ["1 notatka", "3 notatki", "5 notatek"],
  );
});

test("English that stands in for another language counts by its own rules", () => {
  speak("th");
  assert.equal(translate("found", { count: 1 }), "1 note");
});

test("a name keeps its direction in text that runs to the left", () => {
  speak("ar", "rtl", { box: { finds: "تجد «{title}»" } });
  assert.equal(translate("finds", { title: "Tides (old)" }), "تجد «\u2068Tides (old)\u2069»");
});

test("nodes take the places in the order of the language", () => {
  speak("de", "", { box: { leave: "Oder {tags} und {dates}." } });
  const [dates, tags] = [{ name: "dates" }, { name: "tags" }] as unknown as [Node, Node];
  assert.deepEqual(translate.nodes("leave", { dates, tags }), ["Oder ", tags, " und ", dates, "."]);
});

test("numbers and days are those of the language, as notegen/language has them", () => {
  const said = (lang: string) => {
    speak(lang);
    return [numberWords(1204), numeral(2024), dayWords("2024-03-02", "all"), dayWords(0, "in year")];
  };
  assert.deepEqual(said("en"), ["1,204", "2024", "2 March 2024", "1 January"]);
  assert.deepEqual(said("en-US"), ["1,204", "2024", "March 2, 2024", "January 1"]);
  assert.deepEqual(said("de"), ["1.204", "2024", "2. März 2024", "1. Januar"]);
  assert.deepEqual(said("es"), ["1.204", "2024", "2 de marzo de 2024", "1 de enero"]);
  assert.deepEqual(said("ja"), ["1,204", "2024", "2024年3月2日", "1月1日"]);
  assert.deepEqual(said("fa").slice(0, 2), ["۱٬۲۰۴", "۲۰۲۴"]);
});

test("what a browser cannot read as a language is English", () => {
  speak("not a tag");
  assert.equal(numberWords(1204), "1,204");
});
