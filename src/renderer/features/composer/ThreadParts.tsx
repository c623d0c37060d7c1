import { ActionIcon, Button, Group, Textarea } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconPhotoPlus, IconPlus, IconX } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { type AttachedMedia, MAX_PARTS } from '../../../shared/contract/publications.ts';
import { weightedLength } from '../../../shared/domain/text.ts';
import type { Format } from '../../ui/format.ts';
import { useAdded } from '../../ui/useAdded.ts';
import type { ComposerAction, ComposerState } from './composerState.ts';
import { addPictures, PictureInput, Pictures } from './Pictures.tsx';
import { MAX_MEDIA, type PictureAction } from './pictureState.ts';
import { SaidBefore } from './SaidBefore.tsx';

const DRAG = 'application/x-parrilla-part';

interface Props {
  state: ComposerState;
  /** Parts after the first that are on the network already. */
  out: number;
  max: number;
  account: Account;
  format: Format;
  disabled: boolean;
  dispatch: (action: ComposerAction) => void;
  onError: (error: unknown) => void;
}

/** The pictures of a part, and the line under it: what adds one, and how long the part is. */
function PartPictures({ media, disabled, dispatch, onError, children }: { media: readonly AttachedMedia[]; disabled: boolean; dispatch: (action: PictureAction) => void; onError: (error: unknown) => void; children: ReactNode }) {
  const { t } = useTranslation();
  const files = useRef<HTMLInputElement>(null);
  return (
    <>
      <Pictures media={media} disabled={disabled} dispatch={dispatch} />
      <div className="part-foot">{disabled ? null : <><ActionIcon size={24} aria-label={t('composer.media')} title={t('composer.media')} disabled={media.length >= MAX_MEDIA} onClick={() => files.current?.click()}><IconPhotoPlus size={15} stroke={1.75} /></ActionIcon><PictureInput ref={files} onFiles={(added) => void addPictures(added, media.length, dispatch, onError)} /></>}<span className="grow" />{children}</div>
    </>
  );
}

/** The later parts of a thread: written, moved by drag or Alt+arrows, removed; what is out stays (DOMAIN §4). */
export function ThreadParts({ state, out, max, account, format, disabled, dispatch, onError }: Props) {
  const { t } = useTranslation();
  const [over, setOver] = useState<number | null>(null);
  const { parts } = state;
  const added = useAdded<HTMLTextAreaElement>();
  const move = (from: number, to: number): void => {
    if (to < out || to >= parts.length || from < out) return;
    dispatch({ type: 'movePart', from, to });
  };
  return (
    <>
      {parts.map((part, index) => {
        const fixed = disabled || index < out;
        const used = weightedLength(part.text);
        return (
          <div
            key={part.key} className={over === index ? 'part over' : 'part'} data-testid="part"
            onDragOver={(event) => { if (event.dataTransfer.types.includes(DRAG) && !fixed) { event.preventDefault(); setOver(index); } }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => { setOver(null); const from = event.dataTransfer.getData(DRAG); if (from !== '') { event.preventDefault(); move(Number(from), index); } }}
          >
            <Group gap={4} justify="space-between" wrap="nowrap">
              <Group gap={4} wrap="nowrap">
                {fixed ? null : <span draggable className="grip" role="img" aria-label={t('composer.dragPart', { n: index + 2 })} onDragStart={(event) => { event.dataTransfer.setData(DRAG, String(index)); event.dataTransfer.effectAllowed = 'move'; }}><IconGripVertical size={14} /></span>}
                <strong className="quiet">{t('composer.part', { n: index + 2, total: parts.length + 1 })}{index < out ? ` · ${t('composer.partOut')}` : ''}</strong>
              </Group>
              {fixed ? null : (
                <Group gap={2} wrap="nowrap">
                  <ActionIcon size="sm" aria-label={t('composer.partUp', { n: index + 2 })} disabled={index <= out} onClick={() => move(index, index - 1)}><IconArrowUp size={13} /></ActionIcon>
                  <ActionIcon size="sm" aria-label={t('composer.partDown', { n: index + 2 })} disabled={index >= parts.length - 1} onClick={() => move(index, index + 1)}><IconArrowDown size={13} /></ActionIcon>
                  <ActionIcon size="sm" aria-label={t('composer.removePart', { n: index + 2 })} onClick={() => dispatch({ type: 'removePart', index })}><IconX size={13} /></ActionIcon>
                </Group>
              )}
            </Group>
            <Textarea
              ref={index === parts.length - 1 ? added.last : null}
              aria-label={t('composer.part', { n: index + 2, total: parts.length + 1 })} autosize minRows={2} maxRows={12} value={part.text} disabled={fixed} dir="auto" spellCheck data-testid="part-text"
              onChange={(event) => dispatch({ type: 'partText', index, text: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                event.preventDefault();
                move(index, index + (event.key === 'ArrowUp' ? -1 : 1));
              }}
            />
            <PartPictures media={part.media} disabled={fixed} onError={onError} dispatch={(action) => dispatch({ type: 'inPart', index, action })}>
              <span className={used > max ? 'counter over' : 'counter quiet'}><b>{format.number(used)}</b> / {format.number(max)}</span>
            </PartPictures>
            {fixed ? null : <SaidBefore account={account} text={part.text} ownId={state.id} wait={state.saving && state.id === null} format={format} />}
          </div>
        );
      })}
      {disabled || state.poll || parts.length >= MAX_PARTS - 1 ? null : <div><Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} data-testid="add-part" onClick={() => { added.next(); dispatch({ type: 'addPart' }); }}>{t('composer.addPart')}</Button></div>}
    </>
  );
}
