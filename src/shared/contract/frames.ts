import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import { capabilitiesSchema } from './host.ts';

/** Raised when a frame's meaning changes; a client of another version is refused with `protocol_mismatch`. */
export const PROTOCOL_VERSION = 1;
/** Largest text frame either side accepts, bytes. Media goes by the side path. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;

const id = z.string().min(1).max(64);
export const clientFrameSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), protocol: z.number().int() }).strict(),
  z.object({ t: z.literal('request'), id, method: z.string().max(100), input: z.unknown(), commandId: z.string().min(8).max(64).optional() }).strict(),
  z.object({ t: z.literal('cancel'), id }).strict(),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;
export const hostFrameSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), protocol: z.number().int(), bootId: z.string(), seq: z.number().int(), capabilities: capabilitiesSchema }),
  z.object({ t: z.literal('response'), id, ok: z.literal(true), output: z.unknown() }),
  z.object({ t: z.literal('failure'), id, error: appErrorSchema }),
  z.object({ t: z.literal('event'), seq: z.number().int(), name: z.string(), payload: z.unknown() }),
]);
export type HostFrame = z.infer<typeof hostFrameSchema>;
