import { randomUUID } from 'node:crypto';
import { type App, createApp } from '../../src/main/core/app.ts';
import type { Clock, Log, Ports, SecretStore } from '../../src/main/core/ports.ts';
import type { CommandName, EventName, InputOf, MethodName, OutputOf } from '../../src/shared/contract/index.ts';
import { methods } from '../../src/shared/contract/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { testPorts } from './memoryPorts.ts';

export interface TestCore {
  app: App;
  sandbox: Sandbox;
  ports: Ports;
  events: { name: EventName; payload: unknown }[];
  call<M extends MethodName>(method: M, input: InputOf<M>, commandId?: string): Promise<OutputOf<M>>;
  control<T = unknown>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** Ends core (not the sandbox) and starts it again on the same profile; what happens to the profile meanwhile is done by `between`. */
  restart(between?: () => void): Promise<void>;
  stop(): Promise<void>;
}

/** Core on a real database, with a sandbox over a real socket. */
export async function startCore(options: { clock?: Clock; pace?: number; apiOrigin?: 'sandbox' | 'cable'; /** Stands between core and the network. */ cable?: (url: string) => Promise<{ url: string }>; log?: Log; secrets?: SecretStore; start?: boolean } = {}): Promise<TestCore> {
  const { clock } = options;
  const sandbox = await startSandbox({ port: 0, pace: options.pace ?? 0, ...(clock ? { clock: () => clock.now() } : {}) });
  const between = options.cable ? await options.cable(sandbox.url) : sandbox;
  const ports = testPorts({
    practiceUrl: sandbox.url, ...(clock ? { clock } : {}), ...(options.log ? { log: options.log } : {}), ...(options.secrets ? { secrets: options.secrets } : {}),
    ...(options.apiOrigin ? { apiOrigin: between.url } : {}),
  });
  const boot = async (): Promise<App> => {
    const app = await createApp(ports);
    app.bus.subscribe((frame) => core.events.push({ name: frame.name, payload: frame.payload }));
    if (options.start !== false) await app.start();
    return app;
  };
  const core: TestCore = {
    sandbox, ports, events: [],
    app: undefined as unknown as App,
    call: (method, input, commandId) =>
      core.app.router.call(method, input, methods[method].kind === 'command' ? { commandId: commandId ?? randomUUID() } : {}) as Promise<OutputOf<typeof method>>,
    async control(method, path, body) {
      const response = await fetch(`${sandbox.url}/__sandbox/${path}`, { method, headers: { 'x-sandbox-control': '1' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as never;
    },
    async restart(between) {
      await core.app.stop();
      between?.();
      core.app = await boot();
    },
    async stop() {
      await core.app.stop();
      await sandbox.close();
    },
  };
  core.app = await boot();
  return core;
}

/** Waits until `check` answers something, asking again every 25 ms. */
export async function until<T>(check: () => T | Promise<T>, ms = 10_000, what = 'it'): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await check();
    if (found) return found as NonNullable<T>;
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
export type { CommandName };
