// Opens what notegen/encrypt.py has locked; its docstring draws how keys are made.

import { loadPlain } from "../lib/load-script.ts";

const FOLDER = "notegen/locked/";
const FORMAT = 1;
const DIGEST_BYTES = 32;
const LENGTH_BYTES = 4;
const NAME_DIGITS = 16;

type Bytes = Uint8Array<ArrayBuffer>;

/** What is opened first: which files there are, and what the page's scripts have to know. */
interface Contents {
  format: number;
  names: string;
  data: Record<string, string>;
}

/** The key that a password gives, as text; takes about half a second, as it has to. */
export async function mainKeyOf(password: string, salt: string, rounds: number): Promise<string> {
  const given = await crypto.subtle.importKey("raw", utf8(password.normalize("NFC")), "PBKDF2", false, [
    "deriveBits",
  ]);
  const bytes = Uint8Array.from(salt.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes, iterations: rounds };
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.deriveBits(how, given, 256))));
}

/** The encrypted files of a site, and the keys to them. */
export class Vault {
  /** What the page's scripts have to know of the site as a whole. */
  data: Record<string, string> = {};
  private readonly names = new Set<string>();

  private constructor(
    private readonly home: string,
    private readonly nameKey: CryptoKey,
    private readonly fileKey: CryptoKey,
  ) {}

  /** Undefined where the key is not the one that the site was locked with. */
  static async open(home: string, key: string): Promise<Vault | undefined> {
    const main = await hmacKey(fromBase64(key));
    const part = async (purpose: string) => hmacKey(await expand(main, utf8(purpose)));
    const vault = new Vault(home, await part("names"), await part("files"));
    const bytes = await vault.openNamed("contents");
    if (!bytes) return undefined;
    const { format, names, data }: Contents = JSON.parse(new TextDecoder().decode(bytes));
    if (format !== FORMAT) return undefined;
    for (let at = 0; at < names.length; at += NAME_DIGITS) vault.names.add(names.slice(at, at + NAME_DIGITS));
    vault.data = data;
    return vault;
  }

  /** The content of a file of the site; undefined where it is not encrypted. A query asks past what is kept of it. */
  async bytes(url: string, query = ""): Promise<Bytes | undefined> {
    const digest = await hmac(this.nameKey, utf8(`file\0${url}`));
    const name = Array.from(digest.slice(0, NAME_DIGITS / 2), (byte) => byte.toString(16).padStart(2, "0"));
    return this.names.has(name.join("")) ? this.openNamed(name.join(""), query) : undefined;
  }

  /** The same as text. */
  async text(url: string, query = ""): Promise<string | undefined> {
    const bytes = await this.bytes(url, query);
    return bytes && new TextDecoder().decode(bytes);
  }

  private async openNamed(name: string, query = ""): Promise<Bytes | undefined> {
    const script = `${this.home}${FOLDER}${name}.js${query}`;
    const sealed = fromBase64(await loadPlain<string>(script, `locked-${name}`));
    const raw = await expand(this.fileKey, sealed.slice(0, DIGEST_BYTES));
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    const how = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: utf8(name) };
    try {
      const padded = await crypto.subtle.decrypt(how, key, sealed.slice(DIGEST_BYTES));
      const size = new DataView(padded).getUint32(0);
      return new Uint8Array(padded, LENGTH_BYTES, size);
    } catch {
      return undefined; // Another password, or bytes that somebody changed.
    }
  }
}

function hmacKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

async function hmac(key: CryptoKey, content: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, content));
}

/** One block of HKDF-Expand. */
function expand(key: CryptoKey, purpose: Bytes): Promise<Bytes> {
  return hmac(key, new Uint8Array([...purpose, 1]));
}

function utf8(text: string): Bytes {
  return new TextEncoder().encode(text) as Bytes;
}

function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
