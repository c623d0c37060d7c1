import { ActionIcon, Button, Group, NumberInput, SegmentedControl, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { IconPhotoPlus, IconPlus, IconX } from '@tabler/icons-react';
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { type LibraryItem, MOST_VARIANTS } from '../../../shared/contract/library.ts';
import { weightedLength } from '../../../shared/domain/text.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { ErrorNote, tierName } from '../../ui/bits.tsx';
import { DateInput } from '../../ui/DateTimeInput.tsx';
import { excerptOf } from '../../ui/format.ts';
import { useAdded } from '../../ui/useAdded.ts';
import { useErrorWords, useToast } from '../../ui/useToast.tsx';
import { addPictures, PictureInput, Pictures } from '../composer/Pictures.tsx';
import { MAX_MEDIA, type PictureAction, picturesAfter } from '../composer/pictureState.ts';
import { faultsOf, type Fields, fieldsOf, inputOf, isWhole, withUrl } from './itemForm.ts';

const DAYS_WIDTH = 124;

function Texts({ account, fields, onChange }: { account: Account; fields: Fields; onChange: (variants: Fields['variants']) => void }) {
  const { t } = useTranslation();
  const { variants } = fields;
  const added = useAdded<HTMLTextAreaElement>();
  return (
    <div>
      <div className="field-label">{t('library.form.texts')}</div>
      <Stack gap={6}>
        {variants.map((each, i) => {
          const length = weightedLength(each.text.slice(0, account.maxWeighted * 4));
          return (
            <div className="item-text-field" key={each.id ?? `new-${i}`}>
              <Textarea ref={i === variants.length - 1 ? added.last : null} autosize minRows={2} maxRows={8} value={each.text} aria-label={t('library.form.text', { n: i + 1 })} placeholder={t('library.form.textHint')} data-testid="item-text" maxLength={25_000} onChange={(event) => { const text = event.currentTarget.value; onChange(variants.map((other, at) => (at === i ? { ...other, text } : other))); }} />
              <span className={length > account.maxWeighted ? 'item-length over' : 'item-length'}>{length}</span>
              <ActionIcon size={20} aria-label={t('library.form.dropText', { n: i + 1 })} title={t('library.form.dropText', { n: i + 1 })} onClick={() => onChange(variants.filter((_, at) => at !== i))}><IconX size={13} /></ActionIcon>
            </div>
          );
        })}
        {variants.length < MOST_VARIANTS ? <Button variant="default" size="compact-xs" leftSection={<IconPlus size={13} />} style={{ justifySelf: 'start', alignSelf: 'start' }} data-testid="item-add-text" onClick={() => { added.next(); onChange([...variants, { text: '' }]); }}>{t('library.form.addText')}</Button> : null}
      </Stack>
    </div>
  );
}

/**
 * An item being written or changed. Leaving it keeps what is written, as everywhere; what cannot be kept (without a title) stays
 * open. `leave` is set to what must be asked before something else takes its place.
 */
export function ItemForm({ account, item, themes, leave, onDone, onSame }: { account: Account; /** Null for a new one. */ item: LibraryItem | null; themes: readonly string[]; leave: RefObject<(() => Promise<boolean>) | null>; onDone: (id: string | null) => void; onSame: (item: LibraryItem) => void }) {
  const { t, i18n } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const words = useErrorWords();
  const list = useId();
  const [start] = useState(() => fieldsOf(item, account));
  const [fields, setFields] = useState(start);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const [same, setSame] = useState<LibraryItem | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const change = (patch: Partial<Fields>): void => {
    setFields((old) => ({ ...old, ...patch }));
    setFailed(null);
    setSame(null);
  };
  const onMedia = (action: PictureAction): void => {
    setFields((old) => ({ ...old, media: picturesAfter([...old.media], action) }));
    // What waits for a file saves it before it is drawn.
    latest.current = { ...latest.current, dirty: true, fields: { ...latest.current.fields, media: picturesAfter([...latest.current.fields.media], action) } };
    setFailed(null);
  };
  /** Files on their way: what is saved meanwhile waits for them. */
  const taking = useRef<Promise<unknown>>(Promise.resolve());
  const input = useRef<HTMLInputElement>(null);
  const takeFiles = (files: Iterable<File>): void => {
    taking.current = Promise.all([taking.current, addPictures(Array.from(files), fields.media.length, onMedia, toast.failed)]);
  };
  const dirty = JSON.stringify(fields) !== JSON.stringify(start);
  const over = useRef(false);

  /** True once it is kept. */
  const save = async (): Promise<boolean> => {
    setTried(true);
    const faults = faultsOf(fields);
    if (faults.title || faults.url) {
      form.current?.querySelector<HTMLElement>(`[data-testid="${faults.url && !faults.title ? 'item-url' : 'item-title'}"]`)?.focus();
      return false;
    }
    setBusy(true);
    try {
      await taking.current;
      const done = await rpc.command('library.save', inputOf(latest.current.fields, account, item));
      if (done.result === 'same') {
        setSame(done.item);
        return false;
      }
      over.current = true;
      toast.done(t(item ? 'library.form.saved' : 'library.form.added', { text: excerptOf(done.item.title) }), { undoId: done.undoId });
      onDone(done.item.id);
      return true;
    } catch (error) {
      setFailed(words(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const latest = useRef({ dirty, save, fields });
  latest.current = { dirty, save, fields };
  useEffect(() => {
    leave.current = async () => {
      await taking.current;
      return latest.current.dirty ? latest.current.save() : true;
    };
    return () => {
      leave.current = null;
      // The screen is left with it: what is whole is kept, as if it had been saved.
      const { current } = latest;
      if (!over.current && current.dirty && isWhole(current.fields)) void rpc.command('library.save', inputOf(current.fields, account, item)).catch(() => undefined);
    };
    // Of one item from its first drawing to its last.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const close = async (): Promise<void> => {
    await taking.current;
    if (latest.current.dirty) return void latest.current.save();
    over.current = true;
    onDone(item?.id ?? null);
  };
  const discard = (): void => {
    over.current = true;
    onDone(item?.id ?? null);
  };
  useKeys({
    Escape: () => {
      if (document.activeElement?.closest('.dock')) return false;
      void close();
      return true;
    },
    'Mod+Enter': () => {
      if (document.activeElement?.closest('.dock')) return false;
      void save();
      return true;
    },
  });
  useEffect(() => { form.current?.querySelector<HTMLElement>(item ? '[data-testid="item-title"]' : '[data-testid="item-url"]')?.focus(); }, [item]);
  const faults = faultsOf(fields);
  return (
    <form
      className="item-form" ref={form} data-testid="item-form" aria-label={t(item ? 'library.form.edit' : 'library.form.new')} onSubmit={(event) => { event.preventDefault(); void save(); }}
      onDragOver={(event) => { if (event.dataTransfer.types.includes('Files')) event.preventDefault(); }}
      onDrop={(event) => { if (event.dataTransfer.files.length > 0) { event.preventDefault(); takeFiles(event.dataTransfer.files); } }}
      onPaste={(event) => { if (event.clipboardData.files.length > 0) { event.preventDefault(); takeFiles(event.clipboardData.files); } }}
    >
      <h2>{t(item ? 'library.form.edit' : 'library.form.new')}</h2>
      <TextInput label={t('library.form.url')} placeholder="https://" value={fields.url} data-testid="item-url" maxLength={2000} error={tried && faults.url ? t('library.form.urlWrong') : null} onChange={(event) => { const url = event.currentTarget.value; setFields((old) => withUrl(old, url, account)); setFailed(null); setSame(null); }} />
      {same ? <p className="item-same" role="alert">{t('library.form.same', { title: same.title })} <button type="button" className="link-button" onClick={() => { over.current = true; onSame(same); }}>{t('library.form.openSame')}</button></p> : null}
      <TextInput label={t('library.form.title')} value={fields.title} data-testid="item-title" maxLength={200} error={tried && faults.title ? t('library.form.titleMissing') : null} onChange={(event) => change({ title: event.currentTarget.value })} />
      <div>
        <div className="field-label">{t('library.tier')}</div>
        <SegmentedControl fullWidth value={fields.tier} onChange={(tier) => change({ tier, tierChosen: true })} data={account.policy.tiers.map(({ key }) => ({ value: key, label: tierName(account.policy, key, i18n.language) }))} aria-label={t('library.tier')} data-testid="item-tier" />
      </div>
      <TextInput label={t('library.theme')} value={fields.theme} list={list} maxLength={60} data-testid="item-theme" autoComplete="off" onChange={(event) => change({ theme: event.currentTarget.value })} />
      <datalist id={list}>{themes.map((theme) => <option key={theme} value={theme} />)}</datalist>
      <Group gap={8} grow>
        <DateInput label={t('library.column.published')} value={fields.publishedOn} zone={account.zone} onChange={(publishedOn) => change({ publishedOn })} />
        <DateInput label={t('library.column.expires')} value={fields.expiresOn} zone={account.zone} onChange={(expiresOn) => change({ expiresOn })} />
      </Group>
      <Group gap={8} align="center">
        <Switch label={t('library.form.evergreen')} checked={fields.evergreen} data-testid="item-evergreen" onChange={(event) => change({ evergreen: event.currentTarget.checked })} />
        {fields.evergreen ? <NumberInput aria-label={t('library.form.restDays')} prefix={`${t('library.form.every')} `} suffix={` ${t('library.form.days')}`} min={1} max={3650} value={fields.restDays} w={DAYS_WIDTH} allowDecimal={false} onChange={(value) => change({ restDays: Math.max(1, Math.min(3650, Math.round(Number(value)) || 1)) })} /> : null}
      </Group>
      <Texts account={account} fields={fields} onChange={(variants) => change({ variants })} />
      <div>
        <div className="field-label">{t('library.form.pictures')}</div>
        <Stack gap={6}>
          <Pictures media={fields.media} dispatch={onMedia} disabled={busy} />
          {fields.media.length < MAX_MEDIA ? <Button variant="default" size="compact-xs" leftSection={<IconPhotoPlus size={13} stroke={1.75} />} style={{ alignSelf: 'start' }} data-testid="item-add-picture" onClick={() => input.current?.click()}>{t('library.form.addPicture')}</Button> : null}
          <PictureInput ref={input} videos={false} testid="item-file" onFiles={takeFiles} />
        </Stack>
      </div>
      <Textarea label={t('library.notes')} autosize minRows={1} maxRows={6} value={fields.notes} maxLength={5000} onChange={(event) => change({ notes: event.currentTarget.value })} />
      {failed ? <ErrorNote>{failed}</ErrorNote> : null}
      <Group gap={6} className="item-form-acts">
        <Button type="submit" loading={busy} data-testid="item-save">{t(item ? 'library.form.save' : 'library.form.add')}</Button>
        <Button variant="default" onClick={discard} data-testid="item-discard">{t(dirty ? 'library.form.discard' : 'shell.cancel')}</Button>
      </Group>
    </form>
  );
}
