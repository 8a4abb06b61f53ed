export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

const CANDIDATE = /\b(?:https?:\/\/|www\.)[^\s<>"'`]+/giu;
/** Korean writes its particles without a space behind the word: `maru.example에서`. */
const HOST_THEN_HANGUL = /^((?:https?:\/\/)?[A-Za-z0-9.:@[\]-]+)[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3].*$/u;

/** Cuts a text into plain parts and links to web addresses; nothing else ever becomes a link. */
export function findLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const shown = trimEnd(match[0].replace(HOST_THEN_HANGUL, '$1'));
    const href = webAddress(shown);
    if (!href) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

function webAddress(text: string): string | undefined {
  try {
    const url = new URL(/^www\./i.test(text) ? `https://${text}` : text);
    return /^https?:$/.test(url.protocol) && !url.username ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function trimEnd(link: string): string {
  const bare = link.replace(/[.,:;!?…。、，！？'")\]}»”’]+$/u, '');
  const missing = count(bare, '(') - count(bare, ')');
  return missing > 0 ? bare + link.slice(bare.length).match(new RegExp(`^\\){0,${missing}}`))![0] : bare;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
