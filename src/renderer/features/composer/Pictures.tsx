import { ActionIcon, Textarea } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError, appErrorSchema } from '../../../shared/contract/errors.ts';
import { type AttachedMedia, attachedMediaSchema } from '../../../shared/contract/publications.ts';
import { MAX_MEDIA, type PictureAction } from './pictureState.ts';

const PICTURES = 'image/png,image/jpeg,image/gif,image/webp';

/** Sends a picture by the side path. Throws AppError with core's reason. */
export async function uploadPicture(file: File): Promise<AttachedMedia> {
  const response = await fetch('/media', { method: 'POST', body: file, headers: { 'content-type': file.type || 'application/octet-stream' } });
  const body: unknown = await response.json();
  if (response.ok) return attachedMediaSchema.parse(body);
  const error = appErrorSchema.parse(body);
  throw new AppError(error.code, error.params);
}

/** Attached pictures with their descriptions; alt text is asked for (DOMAIN §4). */
export function Pictures({ media, dispatch, disabled }: { media: readonly AttachedMedia[]; dispatch: (action: PictureAction) => void; disabled: boolean }) {
  const { t } = useTranslation();
  if (media.length === 0) return null;
  return (
    <div className="thumbs">
      {media.map((each) => (
        <div className="thumb" key={each.id} data-testid="picture">
          <div className="thumb-picture">
            {each.mime.startsWith('video/') ? <video src={each.src} muted aria-label={each.alt} /> : <img src={each.src} alt={each.alt} />}
            <ActionIcon size={20} variant="filled" color="dark" aria-label={t('composer.removeMedia')} disabled={disabled} onClick={() => dispatch({ type: 'removeMedia', id: each.id })}><IconX size={13} /></ActionIcon>
          </div>
          <Textarea
            label={<span style={{ display: 'flex' }}><span className="grow">{t('composer.alt')}</span><span className="quiet">{each.alt.length} / 1000</span></span>} value={each.alt} autosize minRows={2} maxRows={5} maxLength={1000} disabled={disabled}
            onChange={(event) => dispatch({ type: 'alt', id: each.id, alt: event.currentTarget.value })} placeholder={t('composer.altMissing')}
          />
        </div>
      ))}
    </div>
  );
}

/** The file dialog behind a button; what comes of it goes up by the side path. */
export function PictureInput({ ref, videos = true, testid = 'composer-file', onFiles }: { ref: Ref<HTMLInputElement>; /** May a video be chosen? */ videos?: boolean; testid?: string; onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation();
  return (
    <input
      ref={ref} type="file" hidden multiple accept={videos ? `${PICTURES},video/mp4,video/quicktime` : PICTURES} data-testid={testid} aria-label={t('composer.media')}
      onChange={(event) => {
        const files = Array.from(event.currentTarget.files ?? []);
        event.currentTarget.value = '';
        onFiles(files);
      }}
    />
  );
}

/** Takes files in, as many as there is room for; resolves once each is there or was refused. */
export async function addPictures(files: readonly File[], already: number, dispatch: (action: PictureAction) => void, onError: (error: unknown) => void): Promise<void> {
  if (already + files.length > MAX_MEDIA) onError(new AppError('media_too_many'));
  await Promise.all(files.slice(0, MAX_MEDIA - already).map((file) => uploadPicture(file).then((added) => dispatch({ type: 'addMedia', media: added }), onError)));
}
