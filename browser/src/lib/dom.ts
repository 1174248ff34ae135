// Elements, made in one line.

/** An element of this class (none when empty) with this text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name = "",
  text = "",
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

/** Gives the element these attributes. */
export function setAttributes(target: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}

/** A button that says and does this. */
export function button(name: string, text: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", name, text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}
