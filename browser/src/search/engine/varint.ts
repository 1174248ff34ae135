// Whole numbers written as text; notegen/search/varint.py writes them.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const VALUES = new Uint8Array(128);
for (let value = 0; value < 64; value++) VALUES[DIGITS.charCodeAt(value)] = value;

/** The value, 0 to 63, of the base-64 digit at `place`. */
export function digitAt(text: string, place: number): number {
  return VALUES[text.charCodeAt(place)] as number;
}

/** Reads a text of variable-length numbers from front to back. */
export class Reader {
  private place = 0;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.place >= this.text.length;
  }

  private digit(): number {
    return digitAt(this.text, this.place++);
  }

  /** Five bits a digit, the lowest first; 32 says that more follow. */
  number(): number {
    let number = 0;
    for (let scale = 1; ; scale *= 32) {
      const digit = this.digit();
      number += (digit & 31) * scale;
      if (digit < 32) return number;
    }
  }
}

/** All numbers of a text. */
export function readNumbers(text: string): number[] {
  const reader = new Reader(text);
  const numbers: number[] = [];
  while (!reader.done) numbers.push(reader.number());
  return numbers;
}

/** The bytes of a base64 text; the built-in way is many times faster where the browser has it. */
export function readBytes(text: string): Uint8Array {
  const builtIn = (Uint8Array as { fromBase64?: (text: string) => Uint8Array }).fromBase64;
  if (builtIn) return builtIn.call(Uint8Array, text);
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}
