import { Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

/** A text that is kept when its field is left: by the pointer, by Esc, for another case, or because the window closes. `save` rejects where it could not be kept. */
function useKeptText(saved: string, save: (text: string) => Promise<unknown>): { text: string; put: (text: string) => void; keep: () => void } {
  const [text, setText] = useState(saved);
  const latest = useRef(saved);
  const kept = useRef(saved);
  const saveRef = useRef(save);
  saveRef.current = save;
  const [keep] = useState(() => (): void => {
    const { current } = latest;
    if (current === kept.current) return;
    kept.current = current;
    // What could not be kept is tried again the next time.
    saveRef.current(current).catch(() => { kept.current = '\u0000'; });
  });
  useEffect(() => {
    // What is being written counts until it is kept.
    if (latest.current !== kept.current) return;
    latest.current = saved;
    kept.current = saved;
    setText(saved);
  }, [saved]);
  useEffect(() => {
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [keep]);
  return { text, put: (next) => { latest.current = next; setText(next); }, keep };
}

/** Text to read that is a field once it is pointed at or reached by Tab; with nothing in it one quiet line. */
export function KeptText({ label, empty, saved, maxLength, lines = true, shows = 'above', testid, onSave }: { label: string; /** Stands where nothing is written yet. */ empty: string; saved: string; maxLength: number; /** More than one line. */ lines?: boolean; /** Where its label is seen once there is a text; it is read out in any case. */ shows?: 'above' | 'beside' | 'nowhere'; testid: string; onSave: (text: string) => Promise<unknown> }) {
  const { text, put, keep } = useKeptText(saved, onSave);
  const same = { variant: 'unstyled', size: 'xs', className: `kept-text ${shows}`, label, placeholder: empty, maxLength, value: text, onBlur: keep, 'data-testid': testid } as const;
  return lines
    ? <Textarea {...same} autosize minRows={1} maxRows={12} dir="auto" onChange={(event) => put(event.currentTarget.value)} />
    : <TextInput {...same} onChange={(event) => put(event.currentTarget.value)} />;
}
