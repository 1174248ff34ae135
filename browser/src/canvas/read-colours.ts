/** What colours of the theme are at the moment, for a picture that no style sheet reaches. */

/** Gives `read` a way to ask for a colour by its value in CSS, and returns what it makes of the answers. */
export function readColours<Paint>(read: (colour: (value: string) => string) => Paint): Paint {
  const probe = document.body.appendChild(document.createElement("i"));
  // Where the system forces its colours, tokens.css names these; forced itself, every answer would be that of text.
  probe.style.setProperty("forced-color-adjust", "none");
  const paint = read((value) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return paint;
}
