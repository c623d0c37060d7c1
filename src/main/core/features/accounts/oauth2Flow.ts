import { createServer, type Server } from 'node:http';
import { AppError } from '../../../../shared/contract/errors.ts';
import { messagePage } from '../../adapters/failurePage.ts';
import { SECURITY_HEADERS } from '../../adapters/staticFiles.ts';
import { authorizeUrl, newPkce, type Pkce } from '../../network/x/oauth2.ts';
import type { Clock } from '../../ports.ts';

/** Fixed ports, because X compares redirect addresses exactly (x-api-facts §1.3). */
const REDIRECT_PORTS = [48_711, 48_712, 48_713];
const FLOW_MS = 5 * 60_000;
const uriOf = (port: number): string => `http://127.0.0.1:${port}/callback`;
export const REDIRECT_URIS = REDIRECT_PORTS.map(uriOf);

const WORDS = {
  es: { done: ['Cuenta conectada', 'Ya puedes cerrar esta pestaña y volver a Parrilla.'], failed: ['No se ha conectado', 'Vuelve a Parrilla: allí se dice por qué y qué hacer.'] },
  en: { done: ['Account connected', 'You can close this tab and return to Parrilla.'], failed: ['Not connected', 'Return to Parrilla: it says why and what to do.'] },
} as const;

export interface Flow {
  id: string;
  clientId: string;
  clientSecret: string | null;
  redirectUri: string;
  authorizeUrl: string;
  expiresAt: number;
}
interface Open extends Flow {
  pkce: Pkce;
  server: Server | null;
  cancelTimer: () => void;
  used: boolean;
}
export interface Grant {
  flow: Flow;
  code: string;
  verifier: string;
}

/** The waiting side of OAuth 2 PKCE: a loopback listener, single use, five minutes, `state` checked (x-api-facts §1.3). */
export class OAuth2Flows {
  private readonly open = new Map<string, Open>();
  private readonly clock: Clock;
  private readonly finish: (grant: Grant) => Promise<void>;
  private readonly fail: (flowId: string, error: AppError) => void;
  private readonly lang: () => 'es' | 'en';
  constructor(options: { clock: Clock; lang: () => 'es' | 'en'; finish: (grant: Grant) => Promise<void>; fail: (flowId: string, error: AppError) => void }) {
    this.clock = options.clock;
    this.lang = options.lang;
    this.finish = options.finish;
    this.fail = options.fail;
  }

  async start(apiOrigin: string, app: { clientId: string; clientSecret: string | null }): Promise<Flow> {
    const pkce = newPkce();
    const id = newPkce().state;
    const { server, port } = await this.listen(id);
    const redirectUri = uriOf(port);
    const flow: Open = {
      id, ...app, redirectUri, authorizeUrl: authorizeUrl(apiOrigin, { clientId: app.clientId, redirectUri, pkce }), expiresAt: this.clock.now() + FLOW_MS,
      pkce, server, used: false,
      cancelTimer: this.clock.timer(() => {
        if (this.close(id)) this.fail(id, new AppError('oauth_expired'));
      }, FLOW_MS),
    };
    this.open.set(id, flow);
    return { id, ...app, redirectUri, authorizeUrl: flow.authorizeUrl, expiresAt: flow.expiresAt };
  }

  /** Takes the code out of a redirect address. Throws AppError `oauth_expired`, `oauth_state_mismatch`, `oauth_denied`, `bad_input`. */
  redeem(flowId: string, address: string): Grant {
    const flow = this.open.get(flowId);
    if (!flow || flow.used) throw new AppError('oauth_expired');
    let url: URL;
    try {
      url = new URL(address.trim());
    } catch (cause) {
      throw new AppError('bad_input', { path: 'url', detail: '' }, { cause });
    }
    const state = url.searchParams.get('state');
    const denied = url.searchParams.get('error');
    const code = url.searchParams.get('code');
    if (state !== flow.pkce.state) throw new AppError('oauth_state_mismatch');
    if (denied) {
      this.close(flowId);
      throw new AppError('oauth_denied', { detail: denied.slice(0, 100) });
    }
    if (!code) throw new AppError('bad_input', { path: 'url', detail: 'code' });
    flow.used = true;
    this.close(flowId);
    return { flow, code, verifier: flow.pkce.verifier };
  }

  close(flowId: string): boolean {
    const flow = this.open.get(flowId);
    if (!flow) return false;
    this.open.delete(flowId);
    flow.cancelTimer();
    flow.server?.close();
    return true;
  }
  closeAll(): void {
    for (const id of [...this.open.keys()]) this.close(id);
  }

  /** The first of the fixed ports that is free; when none is, the flow goes on by pasting the address. */
  private async listen(flowId: string): Promise<{ server: Server | null; port: number }> {
    for (const port of REDIRECT_PORTS) {
      const server = createServer((request, response) => {
        const url = new URL(request.url ?? '/', uriOf(port));
        const page = (which: 'done' | 'failed'): void => {
          const [title, ...rest] = WORDS[this.lang()][which];
          response.writeHead(which === 'done' ? 200 : 400, { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8', connection: 'close' });
          response.end(messagePage(this.lang(), title, rest));
        };
        if (url.pathname !== '/callback' || request.headers.host !== `127.0.0.1:${port}`) {
          response.writeHead(404).end();
          return;
        }
        void (async () => {
          try {
            const grant = this.redeem(flowId, url.toString());
            await this.finish(grant);
            page('done');
          } catch (cause) {
            // A page with a wrong state may be a stranger's: the flow goes on waiting for the right one.
            if (cause instanceof AppError && cause.code !== 'oauth_state_mismatch') this.fail(flowId, cause);
            page('failed');
          }
        })();
      });
      const ok = await new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false));
        server.listen(port, '127.0.0.1', () => resolve(true));
      });
      if (ok) return { server, port };
    }
    return { server: null, port: REDIRECT_PORTS[0] ?? 48_711 };
  }
}
