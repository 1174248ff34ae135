// What scripts say. Their English is in the files beside this one, one table a script; for a site in another language the
// build puts that language's messages before the script. templates/languages/en.toml is the source, and a test holds the
// two together.

import type { Message } from "../lib/namespace.ts";

/** The messages of one script, by key. */
type Messages = Readonly<Record<string, Message>>;

/** The names in braces. */
type Places<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;

type PlacesOf<One> = One extends { readonly other: infer Text } ? "count" | Places<Text> : Places<One>;

type Arguments<Name extends string> = [Name] extends [never]
  ? []
  : [values: { readonly [name in Name]: name extends "count" ? number : string | number }];

/** Says a message of a script, in the site's language; the number `count` chooses the plural form. */
interface Translate<Own extends Messages> {
  <Key extends keyof Own & string>(key: Key, ...values: Arguments<PlacesOf<Own[Key]>>): string;
  /** The message in pieces, with these nodes in its places. */
  nodes<Key extends keyof Own & string>(
    key: Key,
    places: { readonly [name in PlacesOf<Own[Key]>]: Node },
  ): (string | Node)[];
}

const PLACE = /\{(\w+)\}/;

/**
 * What a script says its messages with.
 *
 * @param script its name in `notegen.messages`
 * @param english what it says where the site's language says nothing else
 */
export function translator<const Own extends Messages>(script: string, english: Own): Translate<Own> {
  const formOf = (key: string, count: unknown): string => {
    const own = globalThis.window?.notegen?.messages?.[script]?.[key];
    const message = own ?? (english[key] as Message);
    if (typeof message === "string") return message;
    const category = new Intl.PluralRules(own ? language() : "en").select(Number(count));
    return message[category] ?? message.other;
  };
  const translate = (key: string, values: Record<string, string | number> = {}) =>
    formOf(key, values.count).replace(new RegExp(PLACE, "g"), (place, name) =>
      written(values[name] ?? place),
    );
  const nodes = (key: string, places: Record<string, Node>) =>
    formOf(key, undefined)
      .split(PLACE)
      .map((piece, number) => (number % 2 === 1 ? (places[piece] ?? piece) : piece));
  return Object.assign(translate, { nodes }) as Translate<Own>;
}

/** Whether the page's text runs to the left. */
export function runsLeft(): boolean {
  return globalThis.document?.documentElement.dir === "rtl";
}

/** A number as the site's language writes it. */
export function numberWords(value: number): string {
  return new Intl.NumberFormat(language(), { useGrouping: true }).format(value);
}

/** A number that counts nothing, such as a year: never grouped. */
export function numeral(value: number): string {
  return new Intl.NumberFormat(language(), { useGrouping: false }).format(value);
}

/** A number of bytes in megabytes, with their sign. */
export function megabytes(bytes: number): string {
  const style = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language(), style).format(Math.max(0.1, bytes / 1e6));
}

/** A share as percent. */
export function percentWords(share: number): string {
  return new Intl.NumberFormat(language(), { style: "percent" }).format(share);
}

/**
 * A day as the site's language writes it.
 *
 * @param day `2024-09-25`, or a number of milliseconds of UTC
 * @param parts which of its parts, in words for the month
 */
export function dayWords(day: string | number, parts: "all" | "in year"): string {
  const year = parts === "all" ? ({ year: "numeric" } as const) : {};
  return new Intl.DateTimeFormat(region(), {
    ...year,
    month: "long",
    day: "numeric",
    calendar: "gregory",
    timeZone: "UTC",
  }).format(new Date(day));
}

/** The site's language, or English where a browser cannot read what the site calls it. */
function language(): string {
  const { lang } = globalThis.document?.documentElement ?? {};
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? "en";
  } catch {
    return "en";
  }
}

/** As notegen/i18n/locales.py has it: a language without a territory is meant for all the world. */
function region(): string {
  const tag = language();
  return tag.includes("-") ? tag : `${tag}-001`;
}

/** In text that runs to the left, a name keeps a direction of its own. */
function written(value: string | number): string {
  if (typeof value === "number") return numberWords(value);
  return runsLeft() ? `\u2068${value}\u2069` : value;
}
