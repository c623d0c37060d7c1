import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconPhotoPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError, appErrorSchema } from '../../../shared/contract/errors.ts';
import { type AttachedMedia, attachedMediaSchema } from '../../../shared/contract/publications.ts';
import { type ComposerAction, MAX_MEDIA } from './composerState.ts';

/** Sends a picture by the side path. Throws AppError with core's reason. */
export async function uploadPicture(file: File): Promise<AttachedMedia> {
  const response = await fetch('/media', { method: 'POST', body: file, headers: { 'content-type': file.type || 'application/octet-stream' } });
  const body: unknown = await response.json();
  if (response.ok) return attachedMediaSchema.parse(body);
  const error = appErrorSchema.parse(body);
  throw new AppError(error.code, error.params);
}

/** Attached pictures with their descriptions; alt text is asked for (DOMAIN §4). */
export function Pictures({ media, dispatch, onError, disabled }: { media: readonly AttachedMedia[]; dispatch: (action: ComposerAction) => void; onError: (error: unknown) => void; disabled: boolean }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="thumbs">
      {media.map((each) => (
        <div className="thumb" key={each.id} data-testid="picture">
          {each.mime.startsWith('video/') ? <video src={each.src} muted aria-label={each.alt} style={{ width: 72, height: 54 }} /> : <img src={each.src} alt={each.alt} />}
          <Textarea label={t('composer.alt')} value={each.alt} autosize minRows={1} maxLength={1000} disabled={disabled} onChange={(event) => dispatch({ type: 'alt', id: each.id, alt: event.currentTarget.value })} {...(each.alt.trim() === '' ? { description: t('composer.altMissing') } : {})} />
          <ActionIcon aria-label={t('composer.removeMedia')} disabled={disabled} onClick={() => dispatch({ type: 'removeMedia', id: each.id })}><IconX size={14} /></ActionIcon>
        </div>
      ))}
      <div hidden={disabled}>
        <Button variant="default" leftSection={<IconPhotoPlus size={14} />} disabled={disabled || media.length >= MAX_MEDIA} onClick={() => input.current?.click()}>{t('composer.media')}</Button>
        <input
          ref={input} type="file" hidden multiple accept="image/png,image/jpeg,image/gif,image/webp,video/mp4,video/quicktime" data-testid="composer-file" aria-label={t('composer.media')}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            addPictures(files, media.length, dispatch, onError);
          }}
        />
      </div>
    </div>
  );
}

export function addPictures(files: readonly File[], already: number, dispatch: (action: ComposerAction) => void, onError: (error: unknown) => void): void {
  if (already + files.length > MAX_MEDIA) onError(new AppError('media_too_many'));
  for (const file of files.slice(0, MAX_MEDIA - already)) uploadPicture(file).then((added) => dispatch({ type: 'addMedia', media: added }), onError);
}
