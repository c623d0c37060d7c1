import type { MouseEvent, ReactNode } from 'react';
import { useRpc } from '../rpc/hooks.ts';

const newTab = (url: string): void => void window.open(url, '_blank', 'noopener,noreferrer');

/** Opens an https address in the system browser where the host can, else in a new tab that knows nothing of this one. */
export function useOpen(): (url: string) => void {
  const rpc = useRpc();
  return (url) => {
    if (!url.startsWith('https://')) return newTab(url);
    rpc.command('host.openExternal', { url }).then(({ opened }) => (opened ? undefined : newTab(url)), () => newTab(url));
  };
}
export function ExternalLink({ href, children, title, ...rest }: { href: string; children: ReactNode; title?: string | undefined; 'data-testid'?: string }) {
  const open = useOpen();
  // What is stored may have come from a file of somebody else's.
  if (!/^https?:\/\//i.test(href)) return <span>{children}</span>;
  const onClick = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(href);
  };
  return <a href={href} target="_blank" rel="noopener noreferrer" onClick={onClick} {...(title ? { title } : {})} {...rest}>{children}</a>;
}
