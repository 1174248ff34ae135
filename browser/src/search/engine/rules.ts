// The constants of ranking, which a page reads from its manifest; notegen/search/rules.py has each with its reason.

/** Of words, which queries and notes are cut into. */
export interface WordRules {
  maxTokenLength: number;
  minPrefixLength: number;
}

/** The same, and of what is found beside words. */
export interface TokenRules extends WordRules {
  maxJoined: number;
  minAfterApostrophe: number;
  minHump: number;
}

/** Of vectors that are written in whole numbers. */
export interface VectorRules {
  halfLevels: number[][];
  levelUnit: number;
  productPrecision: number;
  scaleSteps: number;
}

/** `rules` in the manifest. */
export interface Rules extends TokenRules, VectorRules {
  maxWordLength: number;
  k1: number;
  b: number;
  inflectionWeight: number;
  maxPinned: number;
  maxStopWordIdf: number;
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
  maxNameLength: number;
  maxNearWords: number;
  maxNameEdits: number;
  maxSwappedLength: number;
  minBegunLength: number;
  maxBegun: number;
  nameEndRange: number;
  maxWordClustersNotes: number;
  unknownMinCosine: number;
  maxUnknownShare: number;
  minCosine: number;
  farMinCosine: number;
  maxFar: number;
  minCosineRange: number;
  oneWordShare: number;
  minSeveralWords: number;
  severalWordsShare: number;
  minPreciseWords: number;
  lengthDiscount: number;
  lengthUnit: number;
  minMeantFamiliarity: number;
  maxFamiliarity: number;
  minFamiliarity: number;
  minKnownShare: number;
  maxKnownShare: number;
  shareUnit: number;
  questionPriorWords: number;
  unscannedSimilarity: number;
  nearSimilarity: number;
  scoreSteps: number;
  maxCheckedNotes: number;
  maxScannedShare: number;
  timeWeight: number;
  highlightIdfShare: number;
  maxSnippetLength: number;
  maxSnippetLead: number;
  maxWordStartShift: number;
  maxWordEndShift: number;
}
