// English spells many words in two ways; notegen/text/spellings.py is the same in Python and gives the reasons.

const RULES: [RegExp, string][] = [
  [/([aeiouy](?:.*(?:[^v]|iv))?)is(e|ed|es|er|ers|ing|ation|ations|able)$/, "$1iz$2"],
  [/([aeiouy].*l)ys(e|ed|es|er|ers|ing)$/, "$1yz$2"],
  [/([aeiouy].*)our(|s|ed|ing|al|able|ite|ites|er|ers|hood|hoods|ful|less)$/, "$1or$2"],
  [/(cent|theat|met|lit|fib|calib|spect|lust)re(|s)$/, "$1er$2"],
  [/(cent|fib|met)red$/, "$1ered"],
  [/([aeiouy].*)ogue(|s)$/, "$1og$2"],
];

/** A word in small letters as it is spelt in America; others than British ones stay as they are. */
export function american(word: string): string {
  for (const [british, ending] of RULES) {
    const found = word.replace(british, ending);
    if (found !== word) return found;
  }
  return word;
}
