import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import type { Settings } from '../shared/contract/host.ts';
import { App } from './app/App.tsx';
import { startWords } from './app/i18n.ts';
import { readAhead } from './app/readAhead.ts';
import { theme } from './app/theme.ts';
import { RpcClient } from './rpc/client.ts';
import { connectCache, RpcContext } from './rpc/hooks.ts';
import { createTransport } from './rpc/transport.ts';
import { Guard } from './ui/Guard.tsx';

const rpc = new RpcClient(createTransport());
const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, gcTime: 10 * 60_000, networkMode: 'always', retry: false, refetchOnWindowFocus: false }, mutations: { networkMode: 'always', retry: false } } });
connectCache(rpc, cache);

const root = document.getElementById('root');
if (!root) throw new Error('no root element');
await readAhead(rpc, cache);
// In the language that was chosen from the first word on: changing it later draws everything again.
const chosen = cache.getQueryData<Settings>(['settings.get', {}])?.lang;
await startWords(chosen ?? (/^es/i.test(navigator.language) ? 'es' : 'en'));
createRoot(root).render(
  <RpcContext.Provider value={rpc}>
    <QueryClientProvider client={cache}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <Notifications position="bottom-left" autoClose={10_000} limit={12} />
        <Guard><App /></Guard>
      </MantineProvider>
    </QueryClientProvider>
  </RpcContext.Provider>,
);
