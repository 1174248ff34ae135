// Vectors in a few bits a dimension; notegen/search/quantizer.py writes them, is the same in Python and gives the reasons.

import type { VectorRules } from "./rules.ts";
import { digitAt, readBytes } from "./varint.ts";

/** How a kind of vector is written, as the manifest says it. */
export interface QuantizerFacts {
  bits: string;
  steps: string;
  top: number;
  longest: number;
}

/** Vectors as they arrive: packed levels, and a scale each. */
export interface QuantizedVectors {
  bytes: Uint8Array;
  scales: number[];
}

/** Reads one kind of vector. */
export class Quantizer {
  /** Of each dimension: its bits, where they begin in a vector, and what its codes stand for. */
  private readonly fields: { bits: number; start: number; levels: number[] }[] = [];
  private readonly steps: number[];
  /** Bytes of a vector. */
  private readonly width: number;

  constructor(
    private readonly facts: QuantizerFacts,
    private readonly rules: VectorRules,
  ) {
    // What the levels of 0 to 4 bits stand for.
    const levels = rules.halfLevels.map((half) => [...half.map((level) => -level).reverse(), ...half]);
    let start = 0;
    for (let i = 0; i < facts.bits.length; i++) {
      const bits = digitAt(facts.bits, i);
      this.fields.push({ bits, start, levels: levels[bits] as number[] });
      start += bits;
    }
    this.width = Math.ceil(start / 8);
    this.steps = readPairs(facts.steps);
  }

  get dimensions(): number {
    return this.fields.length;
  }

  /** A vector's levels, each times the vector's scale: whole numbers, so that sums are exact. */
  whole({ bytes, scales }: QuantizedVectors, number: number): Float64Array {
    const scale = scales[number] as number;
    return Float64Array.from(this.fields, ({ bits, start, levels }) =>
      bits ? (levels[this.code(bytes, number, bits, start)] as number) * scale : 0,
    );
  }

  /** The vector that codes stand for. */
  vector(vectors: QuantizedVectors, number: number): Float64Array {
    const { bytes, scales } = vectors;
    const { scaleSteps, levelUnit } = this.rules;
    const length = ((scales[number] as number) / scaleSteps) * this.facts.longest;
    const step = this.facts.top / scaleSteps / levelUnit;
    return Float64Array.from(this.fields, ({ bits, start, levels }, i) => {
      if (!bits) return 0;
      const level = levels[this.code(bytes, number, bits, start)] as number;
      return level * (this.steps[i] as number) * step * length;
    });
  }

  /** The sum of such whole vectors at length 1; undefined when it is nothing. */
  direction(vectors: Float64Array[]): Float64Array | undefined {
    const sums = this.steps.map((step, i) => {
      let sum = 0;
      for (const vector of vectors) sum += vector[i] as number;
      return sum * step;
    });
    return unit(sums);
  }

  /** The inner product of the query with each of the vectors. */
  products(query: Float64Array): (vectors: QuantizedVectors) => Float64Array {
    const { scaleSteps, levelUnit, productPrecision } = this.rules;
    const tables = this.fields.map(({ levels }, i) => {
      const step = ((this.steps[i] as number) / scaleSteps) * this.facts.top;
      return levels.map((level) => Math.floor((query[i] as number) * step * level * productPrecision + 0.5));
    });
    return ({ bytes, scales }) =>
      Float64Array.from(scales, (scale, number) => {
        let total = 0;
        this.fields.forEach(({ bits, start }, i) => {
          if (bits) total += (tables[i] as number[])[this.code(bytes, number, bits, start)] as number;
        });
        return (scale / scaleSteps) * this.facts.longest * (total / (levelUnit * productPrecision));
      });
  }

  private code(bytes: Uint8Array, number: number, bits: number, start: number): number {
    const place = number * this.width + (start >> 3);
    const two = (bytes[place] as number) | ((bytes[place + 1] ?? 0) << 8);
    return (two >> (start & 7)) & ((1 << bits) - 1);
  }
}

/** The values at length 1; undefined when all are 0. */
export function unit(values: ArrayLike<number>): Float64Array | undefined {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] as number) * (values[i] as number);
  const length = Math.sqrt(squares);
  return length ? Float64Array.from(values, (value) => value / length) : undefined;
}

/** Quantized vectors as two lines of a shard hold them. */
export function readVectors(vectors: string, scales: string): QuantizedVectors {
  return { bytes: readBytes(vectors), scales: readPairs(scales) };
}

/** Numbers of two digits each. */
export function readPairs(text: string): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < text.length; i += 2) numbers.push(digitAt(text, i) * 64 + digitAt(text, i + 1));
  return numbers;
}
