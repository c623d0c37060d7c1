import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './bits.tsx';

/** What is small and could not be drawn is tried again by itself after this. */
const AGAIN_MS = 5000;

function Broken({ again }: { again: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="screen" role="alert" data-testid="broken">
      <EmptyState icon={IconAlertTriangle} title={t('shell.broken.title')} body={t('shell.broken.body')}>
        <Button onClick={again} data-testid="broken-again">{t('shell.tryAgain')}</Button>
        <Button variant="default" onClick={() => location.reload()}>{t('shell.broken.reload')}</Button>
      </EmptyState>
    </div>
  );
}
interface GuardProps {
  children: ReactNode;
  /** A part of the frame, without room for words: it is left out until it can be drawn again. */
  small?: boolean;
}
/**
 * One part that cannot be drawn does not take the others away: what is typed in them, the rail and the pause stay. Core and
 * the sending of what is planned do not depend on it.
 */
export class Guard extends Component<GuardProps, { broken: boolean }> {
  override state = { broken: false };
  private timer: ReturnType<typeof setTimeout> | undefined;
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  private readonly again = (): void => this.setState({ broken: false });
  override componentDidCatch(): void {
    if (!this.props.small) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.again, AGAIN_MS);
  }
  override componentWillUnmount(): void {
    clearTimeout(this.timer);
  }
  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return this.props.small ? null : <Broken again={this.again} />;
  }
}
