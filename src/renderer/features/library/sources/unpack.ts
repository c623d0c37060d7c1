import { AppError, appErrorSchema } from '../../../../shared/contract/errors.ts';
import { type ArchiveData, archiveSchema } from '../../../../shared/contract/sources.ts';

/** What core takes at once, bytes. */
const MOST_BYTES = 200 * 1024 * 1024;
const POSTS = /(?:^|\/)tweets?(?:-part\d+)?\.js$/u;
const ACCOUNT = /(?:^|\/)account\.js$/u;
/** A file that says whose the archive is has some hundred bytes. */
const LONGEST_ACCOUNT = 100_000;

type Owner = ArchiveData['owner'];

/** Whose archive it is, as its `account.js` says; null where that is not understood. */
export function ownerOf(script: string): Owner {
  const field = (name: string): string | undefined => new RegExp(`"${name}"\\s*:\\s*"(\\w+)"`, 'u').exec(script)?.[1];
  const owner = archiveSchema.shape.owner.safeParse({ id: field('accountId'), username: field('username') });
  return owner.success ? owner.data : null;
}

/** The scripts of posts in a zip, one after another, and whose they are: only these are unpacked, and no more than core takes. Throws AppError `archive_unreadable`, `too_large`. */
async function unzipped(file: File): Promise<{ body: Blob; owner: Owner }> {
  const { BlobReader, configure, ZipReader } = await import('@zip.js/zip.js/lib/zip-core-native.js');
  // The policy of the window lets no worker of another origin begin; what is needed is small.
  configure({ useWebWorkers: false });
  const zip = new ZipReader(new BlobReader(file));
  try {
    const entries = (await zip.getEntries()).flatMap((entry) => (entry.directory ? [] : [entry]));
    const unpack = async (entry: (typeof entries)[number], most: number): Promise<Blob> => {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let size = 0;
      await entry.getData(new WritableStream<Uint8Array<ArrayBuffer>>({
        write(piece) {
          size += piece.length;
          if (size > most) throw new AppError('too_large', { limit: most });
          parts.push(piece.slice());
        },
      }));
      return new Blob(parts);
    };
    const posts = entries.filter((entry) => POSTS.test(entry.filename)).sort((a, b) => a.filename.localeCompare(b.filename, 'en', { numeric: true }));
    if (posts.length === 0) throw new AppError('archive_unreadable');
    const account = entries.find((entry) => ACCOUNT.test(entry.filename));
    const owner = account ? ownerOf(await (await unpack(account, LONGEST_ACCOUNT)).text()) : null;
    const bodies: Blob[] = [];
    let left = MOST_BYTES;
    for (const entry of posts) {
      const body = await unpack(entry, left);
      left -= body.size;
      bodies.push(body);
    }
    return { body: new Blob(bodies), owner };
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('archive_unreadable', {}, { cause });
  } finally {
    await zip.close();
  }
}

/** Reads an archive's zip, or its script of posts by itself, and gives it to core by the side path. Throws AppError with core's reason. */
export async function sendArchive(file: File): Promise<ArchiveData> {
  const isZip = (await file.slice(0, 2).text()) === 'PK';
  if (!isZip && file.size > MOST_BYTES) throw new AppError('too_large', { limit: MOST_BYTES });
  const { body, owner } = isZip ? await unzipped(file) : { body: file, owner: null };
  const response = await fetch('/archive', { method: 'POST', body, headers: { 'content-type': 'application/octet-stream', ...(owner ? { 'x-owner-id': owner.id, 'x-owner-name': owner.username } : {}) } });
  const answer: unknown = await response.json();
  if (response.ok) return archiveSchema.parse(answer);
  const error = appErrorSchema.parse(answer);
  throw new AppError(error.code, error.params);
}
