const LETTER = 0x10000;

/** Every run of three UTF-16 units of a text, each once, as a number. */
export function trigramsOf(text: string): Set<number> {
  const found = new Set<number>();
  for (let i = 2; i < text.length; i += 1) found.add((text.charCodeAt(i - 2) * LETTER + text.charCodeAt(i - 1)) * LETTER + text.charCodeAt(i));
  return found;
}
