// Classes of characters, as notegen/text/characters.py names them: both sides read one file, which is bundled here.
// A class is written as it stands between the brackets of a regular expression.

import classes from "../../../../notegen/text/characters.json" with { type: "json" };

const join = (parts: Record<string, string>) => Object.values(parts).join("");

export const NO_SPACE_SCRIPTS = join(classes.no_space_scripts);
export const OPTIONAL_MARKS = join(classes.optional_marks);
export const PLAIN_LETTERS: Record<string, string> = classes.plain_letters;
export const WRITTEN_OUT_NASALS = classes.written_out_nasals;
export const NASAL = "ं";
export const QUERY_SPACES = classes.query_spaces;
export const QUERY_QUOTES = classes.query_quotes;
export const IDEOGRAPHS = join(classes.ideographs);
export const SIGNS = classes.signs;
export const SYMBOLS = join(classes.symbols);
export const OPENING_SIGNS = classes.opening_signs;
