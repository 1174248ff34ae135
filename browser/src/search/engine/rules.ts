// The constants of ranking, which a page reads from its manifest; notegen/search/rules.py has each with its reason.

/** Of tokens, which queries and notes are cut into. */
export interface TokenRules {
  maxTokenLength: number;
  minPrefixLength: number;
}

/** Of vectors that are written in whole numbers. */
export interface VectorRules {
  halfLevels: number[][];
  levelUnit: number;
  productPrecision: number;
  scaleSteps: number;
  passagesAShard: number;
}

/** `rules` in the manifest. */
export interface Rules extends TokenRules, VectorRules {
  maxWordLength: number;
  maxImpact: number;
  inflectionWeight: number;
  maxPinned: number;
  maxCompletions: number;
  completionWeight: number;
  maxEndingLength: number;
  minStemLength: number;
  correctionWeight: number;
  minCorrectedLength: number;
  minTwoEditsLength: number;
  shortEnd: number;
  longEnd: number;
  minLongStartLength: number;
  minLongEndLength: number;
  maxCorrections: number;
  minCosine: number;
  minCosineRange: number;
  unscannedSimilarity: number;
  whyThresholds: [lexical: number, semantic: number];
  scoreSteps: number;
  maxCheckedNotes: number;
  maxScannedShare: number;
  highlightIdfShare: number;
  maxSnippetLength: number;
  maxSnippetLead: number;
  maxWordStartShift: number;
  maxWordEndShift: number;
}
