import { z } from 'zod';
import type { Api } from './api.ts';
import type { Faults } from './faults.ts';
import { faultSchema } from './faults.ts';
import { type Answered, type Asked, invalid, jsonBody, notFound, Problem } from './http.ts';
import type { Limits } from './limits.ts';
import { CLIENT_ID } from './oauth2.ts';
import { keysOf } from './oauth1.ts';
import type { World } from './world.ts';

export interface Controlled {
  world: World;
  api: Api;
  faults: Faults;
  limits: Limits;
  requests: { at: number; method: string; path: string; status: number }[];
  pace: { perMinute: number; set(perMinute: number): void };
}

function parsed<T>(schema: z.ZodType<T>, asked: Asked): T {
  const result = schema.safeParse(jsonBody(asked));
  if (!result.success) throw invalid(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  return result.data;
}

/** `/__sandbox/…`: what was created, faults, clock and pace. Asks for its own header, so that no page can reach it. */
export function control(asked: Asked, on: Controlled): Answered {
  if (asked.headers['x-sandbox-control'] !== '1') throw new Problem(403, { title: 'Forbidden', detail: 'The control API needs the header x-sandbox-control: 1.' });
  const { world } = on;
  const fine = (body: unknown): Answered => ({ status: 200, body });
  switch (`${asked.method} ${asked.path.slice('/__sandbox/'.length)}`) {
    case 'GET accounts':
      return fine(world.users.map((user) => ({ id: user.id, username: user.username, name: user.name, role: user.role, oauth1: keysOf(user, world.seed), oauth2: { clientId: CLIENT_ID } })));
    case 'GET created':
      return fine(on.api.created);
    case 'GET marks':
      return fine({ now: world.marks, asked: on.api.marks });
    case 'GET requests':
      return fine(on.requests.slice(-500));
    case 'GET state':
      return fine({ seed: world.seed, now: world.now(), posts: world.posts.length, created: on.api.created.length, perMinute: on.pace.perMinute });
    case 'POST faults':
      on.faults.add(parsed(faultSchema, asked));
      return fine({ ok: true });
    case 'DELETE faults':
      on.faults.clear();
      return fine({ ok: true });
    case 'POST clock':
      world.offsetMs = parsed(z.object({ offsetMs: z.number() }), asked).offsetMs;
      return fine({ now: world.now() });
    case 'POST pace':
      on.pace.set(parsed(z.object({ perMinute: z.number().min(0).max(6000) }), asked).perMinute);
      return fine({ perMinute: on.pace.perMinute });
    case 'POST limits': {
      const { name, limit } = parsed(z.object({ name: z.string(), limit: z.number().int().min(0) }), asked);
      on.limits.set(name, limit);
      return fine({ ok: true });
    }
    case 'POST post': {
      const input = parsed(z.object({ username: z.string(), text: z.string().min(1), replyToId: z.string().optional(), quotedId: z.string().optional(), times: z.number().int().min(1).max(20_000).default(1) }), asked);
      const author = world.byName(input.username);
      if (!author) throw notFound();
      const made = [];
      for (let i = 0; i < input.times; i += 1) {
        made.push(world.add({ authorId: author.id, text: input.times > 1 ? `${input.text} ${i + 1}` : input.text, lang: author.lang, ...(input.replyToId ? { replyToId: input.replyToId } : {}), ...(input.quotedId ? { quotedId: input.quotedId } : {}) }));
      }
      world.save();
      return fine(made.at(-1));
    }
    case 'POST tell': {
      const { times } = parsed(z.object({ times: z.number().int().min(1).max(20_000).default(1) }), asked);
      let last = null;
      for (let i = 0; i < times; i += 1) last = world.tell();
      world.save();
      return fine(last);
    }
    case 'POST edit': {
      const { id, text } = parsed(z.object({ id: z.string(), text: z.string().min(1) }), asked);
      const post = world.post(id);
      if (!post) throw notFound();
      const { id: _, createdAt: __, ...rest } = post;
      post.retired = true;
      const made = world.add({ ...rest, text, editHistory: [...(post.editHistory ?? []), id] });
      world.save();
      return fine(made);
    }
    case 'POST protect': {
      const { username, on: shut } = parsed(z.object({ username: z.string(), on: z.boolean() }), asked);
      const user = world.byName(username);
      if (!user) throw notFound();
      user.protected = shut;
      return fine({ protected: shut });
    }
    case 'POST delete': {
      const post = world.post(parsed(z.object({ id: z.string() }), asked).id);
      if (!post) throw notFound();
      post.deleted = true;
      world.save();
      return fine({ deleted: true });
    }
    default:
      throw notFound();
  }
}
